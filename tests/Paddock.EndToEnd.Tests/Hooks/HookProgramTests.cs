using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Paddock.Core.Agents;

namespace Paddock.EndToEnd.Tests.Hooks;

/// <summary><c>paddock-hook</c> as agents start it. What is no answer of Paddock's lets no tool run.</summary>
public sealed class HookProgramTests : IAsyncLifetime
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly string folder = Directory.CreateTempSubdirectory("paddock-hook-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public ValueTask InitializeAsync()
    {
        listener.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_question_and_the_answer_pass_as_they_are()
    {
        var asked = AnswerAsync("200 OK", """{"hookSpecificOutput":{}}""");

        var (code, output, errors) = await RunAsync(["--agent", "codex", "--url", Url], """{"tool_name":"Bash"}""");

        var request = await asked;
        request.ShouldStartWith("POST /hooks/v1/codex HTTP/1.1\r\n");
        request.ShouldContain("Authorization: Bearer pk_key\r\n");
        request.ShouldEndWith("""{"tool_name":"Bash"}""");
        (code, output, errors).ShouldBe((0, """{"hookSpecificOutput":{}}""", ""));
    }

    public static TheoryData<string> Agents => [.. HookDenial.Agents];

    [Theory]
    [MemberData(nameof(Agents))]
    public async Task An_agent_is_refused_in_its_shape_when_paddock_cannot_be_reached(string agent)
    {
        var (code, output, errors) = await RunAsync(["--agent", agent, "--url", "http://127.0.0.1:9"], "{}");

        code.ShouldBe(0);
        output.ShouldBe(Encoding.UTF8.GetString(HookDenial.Of(agent, "Paddock: Refused, not evaluated. The hook could not ask: Paddock cannot be reached.")!)); // it is one of them
        errors.ShouldContain("Paddock cannot be reached");
    }

    [Theory]
    [InlineData("200 OK", "<html>", "nothing to go by")]
    [InlineData("200 OK", "", "nothing to go by")]
    [InlineData("200 OK", "{} {}", "nothing to go by")]
    [InlineData("500 Oops", "{}", "Paddock answered 500")]
    [InlineData("302 Found", "{}", "Paddock answered 302")]
    [InlineData("401 Unauthorized", "{}", "its key is not known")]
    [InlineData("404 Not Found", "{}", "is it Paddock's?")]
    public async Task What_is_no_answer_is_a_refusal(string status, string body, string because)
    {
        _ = AnswerAsync(status, body);

        var (code, output, _) = await RunAsync(["--agent", "gemini-cli", "--url", Url], "{}");

        code.ShouldBe(0);
        output.ShouldStartWith("""{"decision":"deny","reason":"Paddock: Refused, not evaluated.""");
        output.ShouldContain(because.Replace("'", "\\u0027", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Silence_is_a_refusal_after_a_while()
    {
        var (_, output, _) = await RunAsync(["--agent", "copilot", "--url", Url, "--timeout", "0.5"], "{}"); // nobody takes the connection

        output.ShouldContain("did not answer within 0.5 s");
    }

    [Fact]
    public async Task Who_says_so_lets_tools_run_that_could_not_be_asked_about_but_none_that_were_refused()
    {
        var allowed = await RunAsync(["--agent", "codex", "--url", "http://127.0.0.1:9", "--on-error", "allow"], "{}");
        _ = AnswerAsync("403 Forbidden", """{"deny":true}""");
        var refused = await RunAsync(["--agent", "codex", "--url", Url, "--on-error", "allow"], "{}");

        (allowed.Code, allowed.Output).ShouldBe((0, ""));
        allowed.Errors.ShouldContain("the tool runs all the same");
        refused.Output.ShouldBe("""{"deny":true}""");
    }

    [Fact]
    public async Task Who_only_tells_says_so_and_passes_the_answer_on()
    {
        var told = AnswerAsync("200 OK", """{"cancel":false}""");

        var (code, output, _) = await RunAsync(["--tell", "--agent", "cline", "--url", Url], "{}");

        (await told).ShouldContain("X-Paddock-Hook: tells\r\n");
        (code, output).ShouldBe((0, """{"cancel":false}"""));
    }

    [Theory]
    [InlineData("--agent cline --tell --url http://127.0.0.1:9", "Paddock cannot be reached")]
    [InlineData("--agent cline --url nowhere --tell", "--url is an address")]
    [InlineData("--agent cline --tell --on-error deny", "with --tell there is nothing to refuse")]
    [InlineData("--agent nobody --tell", "--agent is one of")]
    [InlineData("--tell", "--agent is one of")]
    public async Task Who_only_tells_never_stands_in_an_agents_way(string arguments, string because)
    {
        var (code, output, errors) = await RunAsync(arguments.Split(' '), "{}");

        (code, output).ShouldBe((0, ""));
        errors.ShouldStartWith($"paddock-hook: {because}");
    }

    [Fact]
    public async Task What_is_refused_to_who_only_tells_is_nothing_to_say()
    {
        _ = AnswerAsync("401 Unauthorized", "{}");

        (await RunAsync(["--agent", "gemini-cli", "--tell", "--url", Url], "{}")).ShouldBe((0, "", "paddock-hook: its key is not known to Paddock\n"));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, "")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, "chmod 600")]
    public async Task A_key_file_is_for_its_owner_only(UnixFileMode mode, string because)
    {
        var file = Path.Combine(folder, "key");
        await File.WriteAllTextAsync(file, "pk_key\n", Cancellation);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }

        var asked = AnswerAsync("200 OK", "{}");

        var (code, output, errors) = await RunAsync(["--agent", "codex", "--url", Url], "{}", new() { ["PADDOCK_KEY_FILE"] = file });

        code.ShouldBe(0, errors);
        errors.ShouldContain(because);
        output.ShouldContain(because);
        if (because.Length == 0)
        {
            (await asked).ShouldContain("Authorization: Bearer pk_key\r\n");
        }
    }

    [Theory]
    [InlineData("pk_key\npk_other")]
    [InlineData(" ")]
    [InlineData("pk_kéy")]
    public async Task What_is_no_key_is_a_refusal(string key)
    {
        var (code, output, _) = await RunAsync(["--agent", "cline", "--url", Url], "{}", new() { ["PADDOCK_KEY"] = key });

        (code, output).ShouldBe((0, """{"cancel":true,"errorMessage":"Paddock: Refused, not evaluated. The hook is set up wrongly: PADDOCK_KEY holds no key."}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--agent nobody")]
    [InlineData("--url nowhere")]
    [InlineData("--agent")]
    public async Task Without_an_agent_it_blocks_by_its_exit_code(string arguments)
    {
        var (code, output, errors) = await RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), "{}");

        (code, output).ShouldBe((2, ""));
        errors.ShouldStartWith("paddock-hook: ");
    }

    [Theory]
    [InlineData("--agent cline --url nowhere", "--url is an address")]
    [InlineData("--agent cline --on-error maybe", "--on-error is deny or allow")]
    [InlineData("--agent cline --timeout soon", "--timeout is a number")]
    [InlineData("--agent cline --key pk_key", "usage: paddock-hook")]
    [InlineData("--url http://127.0.0.1:9 --agent cline --agent cline", "usage: paddock-hook")]
    public async Task A_command_line_that_is_not_understood_is_a_refusal_in_the_agents_shape(string arguments, string because)
    {
        var (code, output, errors) = await RunAsync(arguments.Split(' '), "{}");

        code.ShouldBe(0);
        output.ShouldStartWith($$"""{"cancel":true,"errorMessage":"Paddock: Refused, not evaluated. The hook is set up wrongly: {{because}}""");
        errors.ShouldStartWith($"paddock-hook: {because}");
    }

    /// <summary>Takes one request, answers it, and returns what it was.</summary>
    private async Task<string> AnswerAsync(string status, string body)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancellation);
        var stream = client.GetStream();
        var (request, piece) = (new StringBuilder(), new byte[4096]);
        while (!IsWhole(request.ToString()))
        {
            request.Append(Encoding.UTF8.GetString(piece, 0, await stream.ReadAsync(piece, Cancellation)));
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}"), Cancellation);
        return request.ToString();
    }

    private static bool IsWhole(string request)
    {
        var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return head >= 0 && request[..head].Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.Ordinal)) is { } length && request.Length - head - 4 >= int.Parse(length[15..]);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(IReadOnlyList<string> arguments, string input, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "paddock-hook.dll"), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PADDOCK_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new() { ["PADDOCK_KEY"] = "pk_key" })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("paddock-hook did not start.");
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await errors);
    }
}
