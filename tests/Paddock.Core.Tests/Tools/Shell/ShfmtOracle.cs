using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Paddock.Core.Tests.Tools.Shell;

/// <summary>What shfmt, which shares no code with us, takes a line for.</summary>
/// <param name="Commands">The argument lists in order; null when the line is more than plain commands, or no line at all.</param>
/// <param name="Why">What made it more.</param>
internal sealed record ShfmtOracle(IReadOnlyList<string[]>? Commands, string Why)
{
    /// <param name="dialect">As shfmt names it: bash or posix.</param>
    public static async Task<ShfmtOracle> ReadAsync(string text, string dialect, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("shfmt", ["-tojson", "-ln", dialect]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.StandardInputEncoding = start.StandardOutputEncoding = new UTF8Encoding(false);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("shfmt did not start");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardInput.WriteAsync(text.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        var json = await output;
        var error = await errors;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            return new(null, error);
        }

        using var document = JsonDocument.Parse(json, new() { MaxDepth = 1000 });
        var commands = new List<string[]>();
        var why = Statements(document.RootElement, commands);
        return why is null ? new(commands, "") : new(null, why);
    }

    private static string? Statements(JsonElement parent, List<string[]> commands)
    {
        if (parent.TryGetProperty("Stmts", out var statements))
        {
            foreach (var statement in statements.EnumerateArray())
            {
                if (Statement(statement, commands) is { } why)
                {
                    return why;
                }
            }
        }

        return null;
    }

    private static string? Statement(JsonElement statement, List<string[]> commands)
    {
        foreach (var flag in new[] { "Background", "Negated", "Coprocess" })
        {
            if (statement.TryGetProperty(flag, out var value) && value.GetBoolean())
            {
                return flag;
            }
        }

        if (statement.TryGetProperty("Redirs", out var redirects) && redirects.ValueKind == JsonValueKind.Array && redirects.EnumerateArray().FirstOrDefault(r => !IsHarmless(r)) is { ValueKind: JsonValueKind.Object } redirect)
        {
            return $"redirection {redirect.GetProperty("Op").GetInt32()}";
        }

        return statement.TryGetProperty("Cmd", out var command) && command.ValueKind == JsonValueKind.Object ? Command(command, commands) : "no command";
    }

    private static string? Command(JsonElement command, List<string[]> commands)
    {
        switch (command.GetProperty("Type").GetString())
        {
            case "BinaryCmd" when command.GetProperty("Op").GetInt32() is 10 or 11 or 12: // && || |
                return Statement(command.GetProperty("X"), commands) ?? Statement(command.GetProperty("Y"), commands);
            case "TimeClause": // a reserved word to shells, a wrapper to us
                var at = commands.Count;
                var why = command.TryGetProperty("Stmt", out var timed) && timed.ValueKind == JsonValueKind.Object ? Statement(timed, commands) : "time of nothing";
                if (why is null)
                {
                    commands[at] = [.. command.TryGetProperty("PosixFormat", out var posix) && posix.GetBoolean() ? ["time", "-p"] : new[] { "time" }, .. commands[at]];
                }

                return why;
            case "CallExpr" when !(command.TryGetProperty("Assigns", out var assigns) && assigns.ValueKind == JsonValueKind.Array && assigns.GetArrayLength() > 0):
                var words = new List<string>();
                foreach (var word in command.GetProperty("Args").EnumerateArray())
                {
                    var text = new StringBuilder();
                    if (ShfmtWord.Read(word, text) is { } notLiteral)
                    {
                        return notLiteral;
                    }

                    words.Add(text.ToString());
                }

                commands.Add([.. words]);
                return null;
            case var type:
                return type;
        }
    }

    /// <summary><c>2&gt;&amp;1</c> and its like, and what comes from or goes to nowhere.</summary>
    private static bool IsHarmless(JsonElement redirect)
    {
        var text = new StringBuilder();
        if (ShfmtWord.Read(redirect.GetProperty("Word"), text) is not null)
        {
            return false;
        }

        var descriptor = redirect.TryGetProperty("N", out var n) && n.ValueKind == JsonValueKind.Object ? n.GetProperty("Value").GetString() : "";
        return redirect.GetProperty("Op").GetInt32() switch
        {
            54 or 55 or 56 or 60 or 64 or 65 => text.ToString() == "/dev/null",
            59 => text.ToString() is "1" or "2" && descriptor is "" or "1" or "2",
            _ => false,
        };
    }
}
