using System.Security.Cryptography;
using System.Text;

namespace Paddock.Core.Ledger;

/// <summary>Paddock's task id is (principal, agent, native id): one client's session ids can never touch another's task.</summary>
public static class TaskKey
{
    /// <summary>Stable id: <c>task_</c> and 32 hexadecimal digits of SHA-256 over the three parts, each ended by a NUL.</summary>
    public static string Compute(string principal, string agent, string nativeTask)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{principal}\0{agent}\0{nativeTask}\0"));
        return "task_" + Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }
}
