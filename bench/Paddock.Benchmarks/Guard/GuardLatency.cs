using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Paddock.Benchmarks.Guard;

/// <summary>
/// What the guard of tool calls adds: two servers of the same build, one under a release of providers only, one under rules for commands,
/// files and approvals, asked in turns. Times are from the provider's write to the client's read; CPU is the server's own.
/// </summary>
internal static class GuardLatency
{
    private const int Rounds = 30;
    private const int Bursts = 400;

    private const string Policies = """
        apiVersion: paddock/v1alpha1
        kind: ApprovalChain
        metadata: {name: leads, owner: bench}
        spec: {steps: [{anyOf: {teams: [leads]}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: company, owner: bench}
        spec:
          rules:
          - {id: secrets, match: {classes: [edit, read, command], paths: {any: ["**/.env", "**/*.pem", ".git/**"]}}, effect: deny, because: Secrets stay where they are, tests: [{match: {call.class: edit, call.paths: [a/.env]}}]}
          - {id: ci, match: {classes: [edit], paths: {any: [".github/**", "infra/**"]}}, effect: require_approval, approval: {chain: leads}, tests: [{match: {call.class: edit, call.paths: [infra/x]}}]}
          - {id: pushes, match: {commands: [[git, push]]}, effect: require_approval, approval: {chain: leads}, tests: [{match: git push}]}
          - {id: pipes, match: {classes: [command]}, when: call.runsInput, effect: deny, tests: [{match: curl x | sh}]}
          - {id: removes, match: {commands: [[rm, ["-rf", "-fr"]]]}, effect: deny, tests: [{match: rm -rf x}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: company, owner: bench}
        spec: {policy: company, enforcement: enforce}
        """;

    public static async Task RunAsync()
    {
        using var provider = new MarkedProvider();
        await using var plain = await MeasuredServer.StartAsync("providers only", provider, "");
        await using var guarded = await MeasuredServer.StartAsync("with policies", provider, Policies);
        MeasuredServer[] servers = [plain, guarded];
        foreach (var server in servers)
        {
            await PacedAsync(server, provider); // warms it up
            await BurstAsync(server, 100);
        }

        Print(servers, await TimesAsync(servers, provider), await CpuAsync(servers));
    }

    private static async Task<Times[]> TimesAsync(MeasuredServer[] servers, MarkedProvider provider)
    {
        var times = servers.Select(_ => new Times()).ToArray();
        for (var i = 0; i < Rounds * servers.Length; i++)
        {
            var seen = await PacedAsync(servers[i % servers.Length], provider);
            times[i % servers.Length].Add(provider.Written, seen);
        }

        return times;
    }

    private static async Task<List<double>[]> CpuAsync(MeasuredServer[] servers)
    {
        var cpu = servers.Select(_ => new List<double>()).ToArray();
        for (var i = 0; i < 7 * servers.Length; i++)
        {
            cpu[i % servers.Length].Add(await BurstAsync(servers[i % servers.Length], Bursts / 7));
        }

        return cpu;
    }

    private static void Print(MeasuredServer[] servers, Times[] times, List<double>[] cpu)
    {
        Console.WriteLine("| from the provider's write to the client's read, µs | " + string.Join(" | ", servers.Select(server => $"{server.Name}, p50 | p99")) + " |");
        Row("text delta", time => time.Texts);
        Row("first argument delta, decided by the tool's name", time => time.ByName);
        Row("first argument delta of an allowed edit, decided by its path", time => time.ByPath);
        Row("later argument delta of it", time => time.Later);
        Console.WriteLine("| server CPU per text delta, µs (lowest to highest of 7) | " + string.Join(" | ", cpu.Select(each => string.Create(CultureInfo.InvariantCulture, $"{At(each, 0.5):0.00} | {each[0]:0.00}–{each[^1]:0.00}"))) + " |");

        void Row(string what, Func<Times, List<double>> of) =>
            Console.WriteLine($"| {what} | " + string.Join(" | ", times.Select(each => string.Create(CultureInfo.InvariantCulture, $"{At(of(each), 0.5):0} | {At(of(each), 0.99):0}"))) + " |");
    }

    /// <returns>When the client had each mark.</returns>
    private static async Task<Dictionary<string, long>> PacedAsync(MeasuredServer server, MarkedProvider provider)
    {
        var seen = new Dictionary<string, long>();
        using var answer = await AskAsync(server, "paced");
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[65536];
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            var now = Stopwatch.GetTimestamp();
            var text = Encoding.UTF8.GetString(buffer, 0, read);
            foreach (var mark in provider.Written.Keys.ToArray())
            {
                if (!seen.ContainsKey(mark) && text.Contains(mark, StringComparison.Ordinal))
                {
                    seen[mark] = now;
                }
            }
        }

        return seen;
    }

    /// <returns>The server's CPU per text delta, in µs.</returns>
    private static async Task<double> BurstAsync(MeasuredServer server, int count)
    {
        var before = server.CpuSeconds();
        for (var i = 0; i < count; i++)
        {
            using var answer = await AskAsync(server, "burst");
            await answer.Content.CopyToAsync(Stream.Null);
        }

        return (server.CpuSeconds() - before) * 1e6 / (count * (double)MarkedProvider.BurstTexts);
    }

    private static async Task<HttpResponseMessage> AskAsync(MeasuredServer server, string model)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent($$"""{"model":"{{model}}","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"go"}],"tools":[{"type":"function","function":{"name":"write","parameters":{} } },{"type":"function","function":{"name":"todowrite","parameters":{} } }]}""", Encoding.UTF8, "application/json"),
        };
        return (await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
    }

    private static double At(List<double> values, double share)
    {
        values.Sort();
        return values[Math.Min(values.Count - 1, (int)(values.Count * share))];
    }

    private sealed class Times
    {
        public List<double> Texts { get; } = [];

        public List<double> ByName { get; } = [];

        public List<double> ByPath { get; } = [];

        public List<double> Later { get; } = [];

        public void Add(IReadOnlyDictionary<string, long> written, Dictionary<string, long> seen)
        {
            foreach (var (mark, at) in written.Where(one => seen.ContainsKey(one.Key)))
            {
                var list = mark switch
                {
                    "args0x0000" => ByName,
                    "args1x0000" => ByPath,
                    _ when mark.StartsWith("text", StringComparison.Ordinal) => Texts,
                    _ when mark.StartsWith("args1", StringComparison.Ordinal) => Later,
                    _ => null,
                };
                list?.Add(Stopwatch.GetElapsedTime(at, seen[mark]).TotalMicroseconds);
            }
        }
    }
}
