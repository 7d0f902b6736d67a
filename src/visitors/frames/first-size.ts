/**
 * Tells the surrounding page the frame's height. The frame's script does so later and on every change. If that file
 * does not load, the frame is still shown and its form works.
 */
export const firstSize = `{const q=new URLSearchParams(location.search),h=q.get("host");if(h&&parent!==self)try{parent.postMessage({source:"referrals",w:q.get("w"),type:"size",height:document.body.offsetHeight},h==="null"?"*":new URL(h).origin)}catch{}}`;
