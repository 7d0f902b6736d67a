export const proof = () => ({
  proof_waiting:
    "Die Gewinner wurden noch nicht gezogen. Speichern Sie den Fingerabdruck: Nach der Ziehung zeigt diese Seite die geheime Zahl, und sie muss dazu passen.",
  proof_verified: "In Ihrem Browser geprüft",
  proof_working: "Ihr Browser wiederholt die Ziehung…",
  proof_limits:
    "Die Regeln können nicht zeigen, dass niemand Erfundenes auf die Liste kam oder dass der Betreiber dieses Servers, der die geheime Zahl lesen kann, sie nicht genutzt hat. Speichern Sie den Fingerabdruck vor dem Ende und vergleichen Sie die Liste mit dem, was Sie wissen.",
  proof_matches: "Es stimmt. Ihr Browser hat dieselben Gewinner gezogen.",
  proof_matches_notes: "Es stimmt: Ihr Browser hat dieselben Gewinner gezogen. Lesen Sie aber die Hinweise.",
  proof_unchecked: "Die Liste ließ sich nicht laden, daher wurde nichts geprüft. Laden Sie die Seite neu.",
});
