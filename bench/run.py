#!/usr/bin/env python3
"""Paddock beside other gateways: CPU per request on one core, in alternation, against a provider that costs nearly nothing.

  run.py [all]     build, measure, write out/report.md
  run.py smoke     build, one short measurement of each, to see that all work
  run.py report    write the report again from out/results.jsonl

Everything listens on 127.0.0.1 and ends with this process. How to read the numbers: README.md.
"""
import argparse, json, os, shutil, signal, socket, statistics, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
OUT = os.path.join(HERE, "out")
UPSTREAM = 9100
FIRST_PORT = 9200

CHAT, MESSAGES = "/v1/chat/completions", "/v1/messages"
# 19.3 streams a second and not 20: 20 would lock the phase of all streams to the gap of 10 ms, and all chunks would come in one burst.
SCENARIOS = {
    "plain-1k": (CHAT, "oai-small-plain", ["-c", "16"], "1 KB, plain, 16 connections"),
    "plain-60k": (CHAT, "oai-big-plain", ["-c", "16"], "60 KB, plain, 16 connections"),
    "paced-60k": (CHAT, "oai-big-paced", ["-c", "2000", "-r", "19.3", "-k", "100"], "60 KB, stream of 100 chunks, one each 10 ms, 19.3 streams/s"),
    "burst-60k": (CHAT, "oai-big-burst", ["-c", "8", "-k", "100"], "60 KB, stream of 100 chunks without gaps, 8 connections"),
    "rate-60k": (CHAT, "oai-big-plain", ["-c", "2000", "-r", "150"], "60 KB, plain, 150 requests/s"),
    "messages-60k": (MESSAGES, "ant-big-plain", ["-c", "16"], "60 KB, plain, Anthropic Messages"),
    "messages-paced-60k": (MESSAGES, "ant-big-paced", ["-c", "2000", "-r", "19.3", "-k", "100"], "60 KB, stream, Anthropic Messages"),
}
DEFAULT_SCENARIOS = "plain-1k,plain-60k,paced-60k"
# Paddock's cost as a multiple of another gateway's: (scenario, gateway, at most).
BOUNDS = [("plain-1k", "yarp", 0.9), ("plain-60k", "yarp", 1.6), ("paced-60k", "yarp", 0.6), ("plain-1k", "portkey", 1 / 40), ("plain-1k", "ungoverned", 1.15)]
MARGIN = 1.10

children = []


def say(*words):
    print(*words, flush=True)


def must(*argv, **more):
    subprocess.run(argv, check=True, **more)


def build(gateways, paddock):
    os.makedirs(OUT, exist_ok=True)
    for name in ("fakellm", "volley"):
        must("gcc", "-O2", "-Wall", "-Wextra", "-o", os.path.join(OUT, name), os.path.join(HERE, "load", name + ".c"))
    must(sys.executable, os.path.join(HERE, "bodies.py"))
    projects = (["src/Paddock"] if {"paddock", "ungoverned"} & set(gateways) and not paddock else []) + (["bench/Paddock.Peers"] if {"yarp", "null"} & set(gateways) else [])
    for project in projects:
        must("dotnet", "build", "-c", "Release", "-v", "quiet", "--nologo", os.path.join(ROOT, project))
    if "portkey" in gateways:
        at = os.path.join(OUT, "portkey")
        shutil.copytree(os.path.join(HERE, "gateways/portkey"), at, dirs_exist_ok=True)
        if not os.path.isdir(os.path.join(at, "node_modules/@portkey-ai/gateway")):
            must("npm", "install", "--prefix", at, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


class Gateway:
    """A gateway that runs: its port, the processes whose CPU counts, the headers that a client sends it."""

    def __init__(self, name, port, pids, headers=()):
        self.name, self.port, self.pids, self.headers = name, port, pids, list(headers)

    def serves(self, scenario):
        """Kestrel alone streams nothing."""
        return self.name != "null" or scenario.endswith(("plain-1k", "plain-60k", "messages-60k"))


def start(argv, cpu, nice, log, env=None):
    process = subprocess.Popen(["nice", "-n", str(nice), "taskset", "-c", cpu, *argv], env={**os.environ, **(env or {})}, stdout=open(log, "w"), stderr=subprocess.STDOUT)
    children.append(process)
    return process


def wait_for(port, log, seconds=40):
    end = time.time() + seconds
    while time.time() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"nothing listens on {port}; see {log}")


def start_gateway(name, port, options):
    log = os.path.join(OUT, name + ".log")
    more = dict(cpu=options.gateway_cpu, nice=options.nice, log=log)
    artifacts = os.path.join(ROOT, "artifacts/bin")
    headers = []
    if name == "nginx":
        text = open(os.path.join(HERE, "gateways/nginx.conf")).read()
        for mark, value in (("@HOME@", OUT), ("@PORT@", str(port)), ("@UP@", str(UPSTREAM))):
            text = text.replace(mark, value)
        open(os.path.join(OUT, "nginx.conf"), "w").write(text)
        process = start(["/usr/sbin/nginx", "-p", OUT, "-c", os.path.join(OUT, "nginx.conf")], **more)
    elif name in ("yarp", "null"):
        process = start([os.path.join(artifacts, "Paddock.Peers/release/Paddock.Peers"), name, str(port), str(UPSTREAM)], **more)
    elif name == "portkey":
        at = os.path.join(OUT, "portkey")
        process = start(["node", "-r", at + "/loopback.js", at + "/node_modules/@portkey-ai/gateway/build/start-server.js", f"--port={port}", "--headless"], env={"NODE_ENV": "production"}, **more)
        headers = [f"x-portkey-custom-host: http://127.0.0.1:{UPSTREAM}/v1"]
    elif name == "paddock":
        process, headers = start_paddock(port, options, more)
    elif name == "ungoverned":
        process, headers = start_paddock(port, options, more, providers_only())
    else:
        raise SystemExit(f"unknown gateway '{name}'")
    wait_for(port, log)
    time.sleep(0.5)
    return Gateway(name, port, [process.pid, *below(process.pid)], headers)


def providers_only():
    """A release without a policy: nothing about tools is asked."""
    folder = tempfile.mkdtemp(prefix="paddock-release-")
    with open(os.path.join(folder, "providers.yaml"), "w") as file:
        for name, wires, base in (("openai", "openai-chat, openai-responses", "/v1"), ("anthropic", "anthropic-messages", "")):
            file.write(f"---\napiVersion: paddock/v1alpha1\nkind: Provider\nmetadata: {{name: {name}, owner: bench}}\n"
                       f"spec: {{wires: [{wires}], baseUrl: 'http://127.0.0.1:{UPSTREAM}{base}', auth: {{scheme: none}}}}\n")
    return folder


def start_paddock(port, options, more, release=None):
    """As shipped: SQLite, every call journaled, priced, and held against its budgets (of which a starter release has none); the shipped rules in shadow."""
    program = options.paddock or os.path.join(ROOT, "artifacts/bin/Paddock/release/paddock")
    data = tempfile.mkdtemp(prefix="paddock-bench-")
    base = f"http://127.0.0.1:{UPSTREAM}"
    env = {"OPENAI_BASE_URL": base + "/v1", "OPENAI_API_KEY": "sk-bench", "ANTHROPIC_BASE_URL": base, "ANTHROPIC_API_KEY": "sk-bench"}
    process = start([program, "serve", "--data", data, "--urls", f"http://127.0.0.1:{port}", *(["--release", release] if release else [])], env=env, **more)
    wait_for(port, more["log"])
    made = subprocess.run([program, "key", "create", "--name", "bench", "--user", "bench", "--data", data, "--json"], check=True, capture_output=True, text=True)
    return process, ["x-api-key: " + find_key(json.loads(made.stdout))]


def find_key(value):
    """The key in what the command printed, wherever it stands."""
    if isinstance(value, str):
        return value if value.startswith("pk_") and value.count("_") >= 2 else None
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return next(filter(None, map(find_key, inner)), None)


def below(pid):
    """Pids of all processes below one."""
    found, todo = [], [pid]
    while todo:
        try:
            kids = [int(kid) for task in os.listdir(f"/proc/{todo[-1]}/task") for kid in open(f"/proc/{todo[-1]}/task/{task}/children").read().split()]
        except OSError:
            kids = []
        todo.pop()
        found += kids
        todo += kids
    return found


def measure(gateway, scenario, upstream_pid, options, warm, duration):
    path, body, load, _ = SCENARIOS[scenario]
    argv = ["nice", "-n", str(options.nice), "taskset", "-c", options.driver_cpu, os.path.join(OUT, "volley"), "-P", str(gateway.port), "-t", path,
            "-b", os.path.join(OUT, "bodies", body + ".json"), *load, "-w", str(warm), "-d", str(duration), "-q", str(upstream_pid)]
    if gateway.pids:
        argv += ["-p", ",".join(map(str, gateway.pids))]
    provider = ["x-portkey-provider: " + ("anthropic" if path == MESSAGES else "openai")] if gateway.name == "portkey" else []
    for header in gateway.headers + provider:
        argv += ["-H", header]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=180)
    if done.returncode or not done.stdout:
        return {"failed": (done.stderr or "no output")[-300:]}
    return json.loads(done.stdout)


def faults(result):
    return {key: result[key] for key in ("failed", "errors", "bad_status", "bad_chunks") if result.get(key)}


def run(options):
    scenarios, names = options.scenarios.split(","), options.gateways.split(",")
    build(names, options.paddock)
    start([os.path.join(OUT, "fakellm"), str(UPSTREAM), "7200"], options.driver_cpu, options.nice, os.path.join(OUT, "fakellm.log"))
    wait_for(UPSTREAM, os.path.join(OUT, "fakellm.log"))
    upstream = children[0].pid
    gateways = [Gateway("direct", UPSTREAM, [])] + [start_gateway(name, FIRST_PORT + i, options) for i, name in enumerate(names)]
    # .NET reaches its last tier late on one busy core: everything is warmed up, with the load it will be measured by.
    for gateway in gateways:
        for scenario in filter(gateway.serves, scenarios):
            result = measure(gateway, scenario, upstream, options, 0.3, options.duration if "paced" in scenario else options.warm_up)
            if bad := faults(result):
                say("warm-up", gateway.name, scenario, bad)
    with open(os.path.join(OUT, "results.jsonl"), "w") as file:
        for number in range(options.rounds):
            began = time.time()
            for scenario in scenarios:
                turn = number % len(gateways)
                for gateway in (one for one in gateways[turn:] + gateways[:turn] if one.serves(scenario)):
                    result = measure(gateway, scenario, upstream, options, 1.5 if "paced" in scenario else 1, options.duration)
                    file.write(json.dumps({"round": number, "scenario": scenario, "gateway": gateway.name, **result}) + "\n")
                    file.flush()
            say(f"round {number + 1}/{options.rounds}: {time.time() - began:.0f} s, load {os.getloadavg()[0]:.1f}")


def stop():
    for process in reversed(children):
        for pid in [*below(process.pid), process.pid]:
            try:
                os.kill(pid, signal.SIGTERM)
            except ProcessLookupError:
                pass
    for process in children:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def ratio(rows, scenario, one, other):
    """Median over the rounds of one's CPU per request by the other's in the same round."""
    cost = {(row["gateway"], row["round"]): row["gw_us"] for row in rows if row["scenario"] == scenario and not row.get("failed")}
    ratios = [cost[one, number] / cost[other, number] for name, number in cost if name == one and cost.get((other, number))]
    return statistics.median(ratios) if ratios else None


def spread(values, digits):
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def write_bounds(rows, write):
    write("| case | bound | measured | |")
    write("|---|---|---|---|")
    for scenario, other, most in BOUNDS:
        got = ratio(rows, scenario, "paddock", other)
        bound = f"≤ {most:.2f} × {other}" if most > 0.1 else f"≤ 1/{1 / most:.0f} × {other}"
        shown = "–" if got is None else f"{got:.2f}" if most > 0.1 else f"1/{1 / got:.0f}"
        write(f"| {SCENARIOS[scenario][3]} | {bound} | {shown} | {'' if got is None else 'met' if got <= most * MARGIN else 'not met'} |")


def write_scenario(rows, scenario, write):
    mine = [row for row in rows if row["scenario"] == scenario]
    write(f"\n## {SCENARIOS[scenario][3]}\n")
    write("| gateway | CPU µs/request | × nginx | × yarp | requests/s | p50 ms | p99 ms | peak RSS MB | errors |")
    write("|---|---|---|---|---|---|---|---|---|")
    for name in dict.fromkeys(row["gateway"] for row in mine):
        good = [row for row in mine if row["gateway"] == name and not row.get("failed")]
        if not good:
            write(f"| {name} | failed: {mine[0].get('failed', '')[:80]} |")
            continue
        times = [(row["total"]["p50"] / 1000, row["total"]["p99"] / 1000) for row in good]
        against = [ratio(rows, scenario, name, other) if name != "direct" else None for other in ("nginx", "yarp")]
        cells = [name, "–" if name == "direct" else spread([row["gw_us"] for row in good], 1 if statistics.median(row["gw_us"] for row in good) < 100 else 0),
                 *["–" if value is None else f"{value:.2f}" for value in against], spread([row["rps"] for row in good], 0),
                 f"{statistics.median(t[0] for t in times):.2f}", f"{statistics.median(t[1] for t in times):.1f}",
                 "–" if name == "direct" else f"{max(row['peak_kb'] for row in good) / 1024:.0f}",
                 str(sum(row["errors"] + row["bad_status"] + row["bad_chunks"] for row in good) + len(faulty(mine, name)))]
        write("| " + " | ".join(cells) + " |")


def faulty(rows, name):
    return [row for row in rows if row["gateway"] == name and row.get("failed")]


def report():
    rows = [json.loads(line) for line in open(os.path.join(OUT, "results.jsonl"))]
    lines = []
    lines.append(f"# {len({row['round'] for row in rows})} rounds, {os.cpu_count()} cores\n")
    write_bounds(rows, lines.append)
    for scenario in dict.fromkeys(row["scenario"] for row in rows):
        write_scenario(rows, scenario, lines.append)
    text = "\n".join(lines) + "\n"
    open(os.path.join(OUT, "report.md"), "w").write(text)
    say(text)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", default="all", choices=["all", "smoke", "report"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--duration", type=float, default=2.5, metavar="S", help="seconds of one measurement")
    parser.add_argument("--warm-up", type=float, default=8, metavar="S", help="seconds of each load once before the first round")
    parser.add_argument("--gateways", default="nginx,yarp,portkey,ungoverned,paddock", help="of nginx, yarp, null (Kestrel alone; plain only), portkey, paddock, ungoverned (Paddock with a release of providers only)")
    parser.add_argument("--scenarios", default=DEFAULT_SCENARIOS, help="of " + ", ".join(SCENARIOS))
    parser.add_argument("--paddock", metavar="FILE", help="the executable to measure, instead of this checkout's")
    parser.add_argument("--gateway-cpu", default="1", help="core of the gateway (taskset)")
    parser.add_argument("--driver-cpu", default="0", help="core of driver and provider")
    parser.add_argument("--nice", type=int, default=0, help="negative needs root")
    options = parser.parse_args()
    if options.what == "smoke":
        options.rounds, options.duration, options.warm_up = 1, 1.0, 1.0
    return options


if __name__ == "__main__":
    chosen = arguments()
    if chosen.what != "report":
        try:
            run(chosen)
        finally:
            stop()
    report()
