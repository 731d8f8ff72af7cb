using System.Security.Cryptography;
using System.Text;

namespace Paddock.Core.Ledger;

/// <summary>Paddock's task id is (principal, agent, native id): one client's session ids can never touch another's task.</summary>
public static class TaskKey
{
    /// <summary>Stable id: <c>task_</c> and 32 hexadecimal digits of SHA-256 over the three parts, each ended by a NUL.</summary>
    public static string Compute(string principal, string agent, string nativeTask)
    {
        var length = Encoding.UTF8.GetMaxByteCount(principal.Length + agent.Length + nativeTask.Length) + 3;
        var text = length <= 1024 ? stackalloc byte[length] : new byte[length];
        var end = Append(principal, text, 0);
        end = Append(agent, text, end);
        end = Append(nativeTask, text, end);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(text[..end], hash);
        return "task_" + Convert.ToHexStringLower(hash[..16]);
    }

    private static int Append(string part, Span<byte> to, int at)
    {
        at += Encoding.UTF8.GetBytes(part, to[at..]);
        to[at] = 0;
        return at + 1;
    }
}
