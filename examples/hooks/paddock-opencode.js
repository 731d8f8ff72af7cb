// Asks Paddock before opencode or Kilo runs a tool, and throws what it refuses: the model reads why and goes on.
//
// Copy it to ~/.config/opencode/plugin/paddock.js (Kilo: ~/.config/kilo/plugin/paddock.js). It reads from the environment:
//   PADDOCK_URL            where Paddock listens; default http://127.0.0.1:5080
//   PADDOCK_KEY            a key with the tools scope, or
//   PADDOCK_KEY_FILE       a file that holds it, for its owner only (chmod 600)
//   PADDOCK_HOOK_AGENT     kilo for Kilo; default opencode
//   PADDOCK_HOOK_ON_ERROR  allow = run tools that Paddock could not be asked about; default deny
import { readFileSync, statSync } from "node:fs"

const timeout = 25_000 // Paddock holds a call for an approval at most 20 s

function key() {
  if (process.env.PADDOCK_KEY) return process.env.PADDOCK_KEY.trim()
  const file = process.env.PADDOCK_KEY_FILE
  if (!file) throw new Error("there is no key in PADDOCK_KEY or PADDOCK_KEY_FILE")
  if (process.platform !== "win32" && (statSync(file).mode & 0o066) !== 0) throw new Error("others can read the file that PADDOCK_KEY_FILE names; chmod 600 it")
  return readFileSync(file, "utf8").trim()
}

async function ask(question) {
  const agent = process.env.PADDOCK_HOOK_AGENT || "opencode"
  const url = new URL(`/hooks/v1/${encodeURIComponent(agent)}`, process.env.PADDOCK_URL || "http://127.0.0.1:5080")
  const answer = await fetch(url, {
    method: "POST",
    redirect: "error",
    headers: { "content-type": "application/json", authorization: `Bearer ${key()}` },
    body: JSON.stringify(question),
    signal: AbortSignal.timeout(timeout),
  })
  if (answer.status !== 200 && answer.status !== 403) throw new Error(`Paddock answered ${answer.status}`)
  const told = await answer.json()
  if (told.decision !== "allow" && told.decision !== "deny") throw new Error("Paddock's answer says neither allow nor deny")
  return told
}

export const Paddock = async ({ directory }) => ({
  "tool.execute.before": async (input, output) => {
    let told
    try {
      told = await ask({ tool: input.tool, sessionID: input.sessionID, callID: input.callID, args: output.args ?? {}, directory })
    } catch (fault) {
      if (process.env.PADDOCK_HOOK_ON_ERROR === "allow") return
      throw new Error(`Paddock: Refused, not evaluated. The hook could not ask: ${fault.message}.`)
    }
    if (told.decision === "deny") throw new Error(told.reason)
  },
})
