using System.Security.Cryptography;
using System.Text;

namespace Paddock.Core.Approvals;

/// <summary>
/// What exactly is asked for, in the parts that are digested: who, with which agent, in which task, what. The caller leaves out what an
/// agent's dialect adds for people to read (a description, a progress line), so that only what is done counts.
/// </summary>
public sealed class ApprovalSubject
{
    private ApprovalSubject(string principal, string agent, string? task, string tool, string arguments)
    {
        (Principal, Agent, Task, Tool) = (principal, agent, task, tool);
        var what = $"\"arguments\":{arguments},";
        var named = $"\"tool\":{CanonicalJson.String(tool)},\"v\":1}}";
        var whose = $"\"principal\":{CanonicalJson.String(principal)},\"task\":{(task is null ? "null" : CanonicalJson.String(task))},";
        Digest = Hash($"{{\"agent\":{CanonicalJson.String(agent)},{what}{whose}{named}");
        Shape = Hash($"{{{what}{named}");
    }

    public string Principal { get; }

    public string Agent { get; }

    /// <summary>Paddock's task id; null when nothing identifies a task.</summary>
    public string? Task { get; }

    public string Tool { get; }

    public SubjectDigest Digest { get; }

    /// <summary>Digest of tool and arguments alone: the same for whoever asks, in whatever task. What is asked again and again has one shape.</summary>
    public SubjectDigest Shape { get; }

    /// <summary>A command: its exact text and its working directory, nothing else.</summary>
    /// <param name="cwd">Null when the call names none.</param>
    /// <returns>Null when a text is no Unicode, and so would not be the same to every reader.</returns>
    public static ApprovalSubject? OfCommand(string principal, string agent, string? task, string tool, string command, string? cwd) =>
        CanonicalJson.IsUnicode(command) && CanonicalJson.IsUnicode(cwd ?? "")
            ? Of(principal, agent, task, tool, $"{{\"command\":{CanonicalJson.String(command)},\"cwd\":{(cwd is null ? "null" : CanonicalJson.String(cwd))}}}")
            : null;

    /// <summary>Any other call.</summary>
    /// <param name="arguments">JSON, UTF-8.</param>
    /// <param name="presentation">Arguments that are for people to read and do nothing.</param>
    /// <returns>Null when the arguments are no JSON, or not the same to every reader.</returns>
    public static ApprovalSubject? OfCall(string principal, string agent, string? task, string tool, ReadOnlyMemory<byte> arguments, IReadOnlyCollection<string>? presentation = null) =>
        CanonicalJson.Of(arguments, presentation) is { } canonical ? Of(principal, agent, task, tool, canonical) : null;

    private static ApprovalSubject? Of(string principal, string agent, string? task, string tool, string arguments) =>
        CanonicalJson.IsUnicode(agent) && CanonicalJson.IsUnicode(task ?? "") && CanonicalJson.IsUnicode(tool) ? new(principal, agent, task, tool, arguments) : null;

    private static SubjectDigest Hash(string canonical) => SubjectDigest.Of(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
}
