using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CsCheck;
using Paddock.Core.Tools;
using Paddock.Testing;

namespace Paddock.Core.Tests.Tools;

/// <summary>Codex's JavaScript, against a real engine whose tools only take notes.</summary>
public sealed class CommandScriptTests
{
    private const string Engine = """
        const scripts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        const AsyncFunction = (async () => {}).constructor;
        (async () => {
          const out = [];
          for (const script of scripts) {
            const calls = [], texts = [];
            const tools = { exec_command: async a => { calls.push([a.cmd, a.workdir ?? null, Object.keys(a).length]); return { output: 'o' }; } };
            try { await new AsyncFunction('tools', 'text', script)(tools, t => { texts.push(t); }); } catch (e) { texts.push('fault ' + e.name); }
            out.push({ calls, texts });
          }
          process.stdout.write(JSON.stringify(out));
        })();
        """;

    private static readonly Gen<string> Literals = Gen.OneOfConst("ls", "git status", "a b", "\\\\n", "\\\\\\\\", "\\\\'", "\\\\\"", "\\\\x41", "\\\\u0041", "\\\\0", "'", "\"", "`", "${1}", "\\u2028", "\\r", "\\n", "//", "é", ";", ")", "}").Array[0, 3].Select(string.Concat).Select(System.Text.RegularExpressions.Regex.Unescape);

    private static readonly Gen<string> Quotes = Gen.OneOfConst("\"", "\"", "\"", "'", "`");

    private static readonly Gen<string> Calls = Gen.Select(Quotes, Literals, Gen.OneOfConst("cmd", "\"cmd\"", "'cmd'", "cmd ", "c"), Gen.OneOfConst("", "", "", ", workdir: \"/w\"", ",", ", shell: \"x\"", ", cmd: \"rm\"", ", ...x"))
        .Select((quote, text, name, more) => $"await tools.exec_command({{{name}: {quote}{text}{quote}{more}}})");

    private static readonly Gen<string> Scripts = Gen.Select(
        Gen.OneOfConst("", "", "", "// @exec: {}\n", "// @exec: x\u2028", "// @exec: x\r", "// @exec: x\u2029\n", "/* */", "\u00a0", "\ufeff", "const r = ", "let r = ", "text(", "const text = ", "let tools = ", "if (1) ", "// @exec: \u2028await tools.exec_command({cmd: \"rm\"})\n", "// @exec: \rawait tools.exec_command({cmd: \"rm\"})\n"),
        Calls,
        Gen.OneOfConst("", "", ";", ".output", ")", ");", ".output);", ";\ntext(r)", ";\ntext(r.output);", "; text(q)", " ;\u2028", "\n(1)", ", 1", "; await tools.exec_command({cmd: \"rm\"})"),
        Gen.OneOfConst("", "", "", "\n", " //", "\u2028x"))
        .Select((begin, call, end, rest) => begin + call + end + rest);

    [Fact]
    public async Task What_is_read_of_a_script_is_all_that_it_runs()
    {
        var scripts = Scripts.Array[(int)Samples.Of(3_000)].Single();

        var ran = await RunAsync(scripts);

        var read = 0;
        foreach (var (script, result) in scripts.Zip(ran.EnumerateArray()))
        {
            if (CommandScript.Read(script) is not var (command, directory))
            {
                continue;
            }

            read++;
            var calls = result.GetProperty("calls");
            calls.GetArrayLength().ShouldBeLessThanOrEqualTo(1, script);
            foreach (var call in calls.EnumerateArray())
            {
                call[0].GetString().ShouldBe(command, script);
                call[1].GetString().ShouldBe(directory, script);
                call[2].GetInt32().ShouldBe(directory is null ? 1 : 2, script);
            }
        }

        read.ShouldBeGreaterThan(scripts.Length / 50);
    }

    [Fact]
    public async Task A_refusal_is_a_script_that_says_the_refusal_and_runs_nothing()
    {
        var texts = Gen.String[0, 60].Array[300].Single();
        var shape = new ToolShape(ToolClass.Command) { Command = "", CommandForm = CommandForm.Script };

        var ran = await RunAsync([.. texts.Select(text => Encoding.UTF8.GetString(HarmlessCall.Arguments(shape, text, isFree: true)!))]); // that shape has always one

        foreach (var (text, result) in texts.Zip(ran.EnumerateArray()))
        {
            result.GetProperty("calls").GetArrayLength().ShouldBe(0);
            result.GetProperty("texts").EnumerateArray().Select(said => said.GetString()).ShouldBe([HarmlessCall.Reduce(text)]);
        }
    }

    private static async Task<JsonElement> RunAsync(string[] scripts)
    {
        var start = new ProcessStartInfo("node", ["-e", Engine]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8 };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(scripts).AsMemory(), TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonDocument.Parse(await output).RootElement;
    }
}
