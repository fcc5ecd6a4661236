// Generated from lib/handlers by UPDATE=1 npm test: do not edit.
// biome-ignore-all format: generated
// biome-ignore-all lint: generated

/** lib/handlers/walk-journey.ts @internal */
export const WALK_JOURNEY =
  "async function u(e,t){try{let r=await t.newPage(await t.launch());for(let n of e)await t.executeStep(n.name,()=>c(n,r))}finally{await t.close()}}async function c(e,t){let{name:r,url:n,status:i,text:o,within:s}=e,a=e.browser?await t.goto(n,{timeout:s,waitUntil:\"load\"}):await w(e,t),l=a?.status();if(l!==i)throw new Error(`${r}: the answer is ${l}, not ${i}`);if(o!==void 0){if(e.browser)return t.getByText(o).first().waitFor({state:\"visible\",timeout:s});if(!(await a?.text())?.includes(o))throw new Error(`${r}: the answer does not contain ${o}`)}}function w({method:e,url:t,headers:r,body:n,within:i},o){return o.request.fetch(t,{method:e,timeout:i,maxRedirects:0,...r&&{headers:r},...n!==void 0&&{data:n}})}var d=()=>{let{synthetics:e}=require(\"@aws/synthetics-playwright\");return u(JSON.parse(process.env.STEPS??\"[]\"),e)};module.exports={handler:d};";
