using System.Security.Cryptography;
using System.Text;
using Paddock.Core.Approvals;
using Paddock.Core.Tools;

namespace Paddock.Gateway.Guard;

/// <summary>
/// Tells equal calls from others. Agents name one tool differently in their models' calls and in their hooks (Codex' <c>exec_command</c>
/// is <c>Bash</c> there), so a command is its text, whatever runs it; anything else is its tool and its arguments, without those for people to read.
/// </summary>
/// <param name="Value">SHA-256 in hexadecimal.</param>
/// <param name="Directory">Where the arguments say that a command runs; null when they do not.</param>
internal readonly record struct CallDigest(string Value, string? Directory)
{
    /// <returns>Null when the arguments are not the same to every reader.</returns>
    public static CallDigest? Of(ToolCall call) => Of(call, ToolArguments.Read(call.Shape, call.Arguments.Span, call.IsFree));

    public static CallDigest? Of(ToolCall call, ToolArguments arguments)
    {
        if (arguments is { CommandLine: { } command, IsOdd: false })
        {
            return new(Hash("command\0" + command), arguments.WorkingDirectory);
        }

        if (call.IsFree)
        {
            return new(Hash("text\0" + arguments.Text), null);
        }

        var canonical = CanonicalJson.Of(call.Arguments.IsEmpty ? "{}"u8.ToArray() : call.Arguments, call.Shape.Presentation);
        return canonical is null ? null : new(Hash($"call\0{call.Name}\0{canonical}"), null);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
