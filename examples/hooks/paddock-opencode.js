// Asks Paddock before opencode or Kilo runs a tool, and throws what it refuses: the model reads why and goes on. If it is told to, it tells
// Paddock as well how tools ended and where a session stands; of what was said, given and answered, nothing.
//
// Copy it to ~/.config/opencode/plugin/paddock.js (Kilo: ~/.config/kilo/plugin/paddock.js). It reads from the environment:
//   PADDOCK_URL            where Paddock listens; default http://127.0.0.1:5080
//   PADDOCK_KEY            a key with the tools scope, or
//   PADDOCK_KEY_FILE       a file that holds it, for its owner only (chmod 600)
//   PADDOCK_HOOK_AGENT     kilo for Kilo; default opencode
//   PADDOCK_HOOK_ON_ERROR  allow = run tools that Paddock could not be asked about; default deny
//   PADDOCK_HOOK_TELL      1 = tell as well; default no
import { readFileSync, statSync } from "node:fs"

const timeout = 25_000 // Paddock holds a call for an approval at most 20 s

function key() {
  if (process.env.PADDOCK_KEY) return process.env.PADDOCK_KEY.trim()
  const file = process.env.PADDOCK_KEY_FILE
  if (!file) throw new Error("there is no key in PADDOCK_KEY or PADDOCK_KEY_FILE")
  if (process.platform !== "win32" && (statSync(file).mode & 0o066) !== 0) throw new Error("others can read the file that PADDOCK_KEY_FILE names; chmod 600 it")
  return readFileSync(file, "utf8").trim()
}

function send(body, patience, headers) {
  const agent = process.env.PADDOCK_HOOK_AGENT || "opencode"
  const url = new URL(`/hooks/v1/${encodeURIComponent(agent)}`, process.env.PADDOCK_URL || "http://127.0.0.1:5080")
  return fetch(url, {
    method: "POST",
    redirect: "error",
    headers: { "content-type": "application/json", authorization: `Bearer ${key()}`, ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patience),
  })
}

async function ask(question) {
  const answer = await send(question, timeout, {})
  if (answer.status !== 200 && answer.status !== 403) throw new Error(`Paddock answered ${answer.status}`)
  const told = await answer.json()
  if (told.decision !== "allow" && told.decision !== "deny") throw new Error("Paddock's answer says neither allow nor deny")
  return told
}

// Whatever goes wrong, the agent goes on: there is nothing to refuse.
async function tell(event, sessionID, more) {
  try {
    await send({ event, sessionID, ...more }, 5_000, { "x-paddock-hook": "tells" })
  } catch {}
}

const denials = ["Paddock: ", "The user rejected permission", "The user has specified a rule which prevents"]

function endOf(part) {
  const { status, error, metadata, time } = part.state
  const denied = status === "error" && denials.some((text) => String(error).startsWith(text))
  return {
    tool: part.tool,
    callID: part.callID,
    status: denied ? "denied" : status,
    exit: Number.isInteger(metadata?.exit) ? metadata.exit : undefined,
    durationMs: time?.end >= time?.start ? time.end - time.start : undefined,
  }
}

// What of opencode's own events says how a session goes.
function telling() {
  const parents = new Map() // of sessions that another began
  const ended = new Set() // calls that were told of
  const failed = new Set() // sessions that are idle because of an error
  const about = (session, event, more) => tell(event, session, { parentID: parents.get(session), ...more })
  const told = {
    "session.created": ({ info }) => info?.parentID && parents.set(info.id, info.parentID),
    "message.part.updated": ({ part }) => {
      if (part?.type !== "tool" || !["completed", "error"].includes(part.state?.status) || ended.has(part.callID)) return
      ended.add(part.callID)
      return about(part.sessionID, "tool.execute.after", endOf(part))
    },
    "permission.asked": ({ sessionID }) => about(sessionID, "permission.asked"),
    "session.error": ({ sessionID, error }) => {
      failed.add(sessionID)
      return about(sessionID, "session.error", { error: error?.name })
    },
    "session.idle": ({ sessionID }) => {
      if (!failed.delete(sessionID)) return about(sessionID, "session.idle")
    },
  }
  return {
    event: async ({ event }) => {
      await told[event.type]?.(event.properties ?? {})
    },
    "chat.message": async ({ sessionID, model }) => {
      failed.delete(sessionID)
      await about(sessionID, "chat.message", { model: model?.modelID })
    },
  }
}

export const Paddock = async ({ directory }) => ({
  ...(process.env.PADDOCK_HOOK_TELL === "1" ? telling() : {}),
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
