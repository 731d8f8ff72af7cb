#!/usr/bin/env python3
"""Writes out/bodies/*.json: requests as a coding agent sends them, small (~1 KB) and big (~60 KB), OpenAI and Anthropic.

The model name carries fakellm's options, so the same file works through every gateway.
"""
import json, os, random

random.seed(7)
here = os.path.dirname(os.path.abspath(__file__))
out = os.path.join(here, "out", "bodies")
words = "the file test build error line module reads writes returns value when index cache queue token stream client server handle parse check route policy budget audit retry timeout".split()
names = ["read_file", "write_file", "edit_file", "list_dir", "grep", "glob", "run_command", "fetch_url", "todo_write", "task", "search_code", "apply_patch"]


def prose(n):
    s = ""
    while len(s) < n:
        s += " ".join(random.choice(words) for _ in range(random.randint(6, 14))).capitalize() + random.choice([". ", ".\n", ": \"quoted\". ", " — née. "])
    return s[:n]


def code(n):
    s = ""
    while len(s) < n:
        a, b = random.choice(words), random.choice(words)
        s += f"    public async Task<{a.title()}Result> {b.title()}Async(string path, CancellationToken ct)\n    {{\n        var {a} = await _{b}.LoadAsync(path, \"{a}-{b}\\n\", ct); // {prose(40).strip()}\n        return new({a}, {random.randint(0, 99999)});\n    }}\n\n"
    return s[:n]


def tool(name):
    props = {p: {"type": t, "description": prose(140)} for p, t in (("path", "string"), ("pattern", "string"), ("limit", "integer"), ("recursive", "boolean"))}
    return name, prose(500), {"type": "object", "properties": props, "required": ["path"], "additionalProperties": False}


def openai(big, stream, spec):
    b = {"model": f"fake:{spec}", "stream": stream}
    if stream:
        b["stream_options"] = {"include_usage": True}
    if not big:
        b["messages"] = [{"role": "system", "content": prose(300)}, {"role": "user", "content": prose(500)}]
        b["temperature"] = 0
        return b
    b["messages"] = [{"role": "system", "content": prose(9000)}]
    for i in range(10):                        # 20 messages: a call and its result, ten times
        call = f"call_{i:04d}"
        b["messages"].append({"role": "assistant", "content": prose(250), "tool_calls": [{"id": call, "type": "function", "function": {"name": "read_file", "arguments": json.dumps({"path": f"/src/app/{random.choice(words)}.cs", "limit": 200})}}]})
        b["messages"].append({"role": "tool", "tool_call_id": call, "content": code(2750)})
    b["messages"].append({"role": "user", "content": prose(400)})
    b["tools"] = [{"type": "function", "function": {"name": n, "description": d, "parameters": p}} for n, d, p in map(tool, names)]
    b["tool_choice"] = "auto"
    b["max_tokens"] = 8192
    return b


def anthropic(big, stream, spec):
    b = {"model": f"fake:{spec}", "stream": stream, "max_tokens": 8192}
    if not big:
        b["system"] = prose(300)
        b["messages"] = [{"role": "user", "content": prose(500)}]
        return b
    b["system"] = [{"type": "text", "text": prose(9000), "cache_control": {"type": "ephemeral"}}]
    b["messages"] = [{"role": "user", "content": prose(400)}]
    for i in range(10):
        call = f"toolu_{i:04d}"
        b["messages"].append({"role": "assistant", "content": [{"type": "text", "text": prose(250)}, {"type": "tool_use", "id": call, "name": "read_file", "input": {"path": f"/src/app/{random.choice(words)}.cs", "limit": 200}}]})
        b["messages"].append({"role": "user", "content": [{"type": "tool_result", "tool_use_id": call, "content": code(2750)}]})
    b["tools"] = [{"name": n, "description": d, "input_schema": p} for n, d, p in map(tool, names)]
    return b


os.makedirs(out, exist_ok=True)
for api, make in (("oai", openai), ("ant", anthropic)):
    for size in ("small", "big"):
        for kind, stream, spec in (("plain", False, "n=0"), ("burst", True, "n=100"), ("paced", True, "n=100,g=10000")):
            p = os.path.join(out, f"{api}-{size}-{kind}.json")
            with open(p, "w", encoding="utf-8") as f:
                json.dump(make(size == "big", stream, spec), f, ensure_ascii=False, separators=(",", ":"))
