export const proof = () => ({
  proof_weighted: "Todos têm uma participação, mais uma por amigo que se regista.",
  proof_uniform: "Todos têm uma participação.",
  proof_removed: "O organizador removeu este sorteio: {time}. Continua registado.",
  proof_promised:
    "Antes do sorteio, foi escolhido um número secreto e publicada a impressão digital dele: {time}. Com a lista de participantes, o número decide quem ganha. Já não pode ser alterado.",
  proof_waiting:
    "O sorteio ainda não foi feito. Guarde a impressão digital: depois do sorteio, esta página mostra o número secreto, e os dois têm de coincidir.",
  proof_off: "Este sorteio está desativado. Não haverá vencedores.",
  proof_working: "O navegador está a repetir o sorteio…",
  proof_total: "Participações: {count}",
  proof_list_help:
    "Uma linha por participante, por número, com as respetivas participações. Os nomes não são divulgados.",
  proof_nobody: "Não houve participantes, portanto não há vencedores.",
  proof_winners: "Vencedores, pela ordem do sorteio",
  proof_winner: "Participante {id} (linha {line}, participações: {count})",
  proof_changed: "Alterações de datas ou do número de vencedores depois do início: {count}, a última em {time}",
  proof_limits:
    "Não podem mostrar que nenhum participante inventado entrou na lista, nem que o operador deste servidor, que pode ler o número secreto, não o usou. Guarde a impressão digital antes do fim e compare a lista com o que sabe.",
  proof_matches: "Coincide. O navegador sorteou os mesmos vencedores.",
  proof_matches_notes: "Coincide: o navegador sorteou os mesmos vencedores. Mas leia as observações.",
  proof_differs: "Não coincide. O sorteio não seguiu as regras.",
  proof_unchecked: "Não foi possível carregar a lista, por isso nada foi verificado. Recarregue a página.",
  check_seed: "O número secreto coincide com a impressão digital.",
  check_list: "A lista coincide com a impressão digital dela.",
  check_counts: "A lista tem o número publicado de participantes e participações.",
  check_winners: "O número de vencedores segue as regras.",
  check_winner: "O vencedor {place} é o participante {id}.",
  check_ticket: "Bilhete {ticket} de {tickets}, linha {line} da lista, participações: {count}",
  check_unrecorded: "Não foi registado quem já se tinha registado antes da impressão digital.",
  check_changes: "Alterações de datas ou do número de vencedores depois do início: {count}",
  check_records: "Todos os sorteios anteriores da campanha estão registados.",
});
