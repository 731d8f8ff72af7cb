using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Paddock.Core.Tasks;

/// <summary>
/// What makes two events one. Clients number nothing. A message has the time that is its id. Of anything else an equal text may come twice
/// because it happened twice (ten tools used in a minute are ten equal events, for none names its tool), or because one was sent again.
/// A client sends an event again from its retry queue alone, with the text of the first time and a header that says so, after a 429, a 5xx
/// or a broken connection; from a minute on, and until it goes through. So
/// <list type="bullet">
/// <item>two that were sent at first hand are two;</item>
/// <item>one from the queue is the same as an equal one, of either sort, within <see cref="Window"/>: its answer was lost on the way.</item>
/// </list>
/// That is wrong in two rare cases, and cannot be told: of several equal events that waited in the queue together, or one that waited while
/// an equal one was taken, one is kept; and one that was taken, unheard, and comes again later than the window is kept twice.
/// </summary>
/// <remarks>
/// Where an event says its time, its identity begins with it: events that come at one time are then kept in one place of an index, not each
/// on a page of its own, which in a large database would be most of the work of keeping them.
/// </remarks>
/// <param name="Same">64 hexadecimal digits: SHA-256 of what the event says; or its time and the first 24 bytes of that.</param>
/// <param name="Once">Nothing else ever says this.</param>
public sealed record EventIdentity(string Same, bool Once)
{
    /// <summary>Ten tries of a queue that is tried every minute.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>A message is told from others by its time and kind: it is sent once, but may be sent again with more text.</summary>
    public static EventIdentity OfMessage(string principal, string type, string? nativeTask, AgentMessage message) => new(
        Hash((ulong)message.Ts, Encoding.UTF8.GetBytes(string.Join('\0', "message", principal, type, nativeTask, message.Ts.ToString(CultureInfo.InvariantCulture), message.Kind, message.What))), true);

    /// <summary>
    /// A record of telemetry has no id. It has a time, mostly to the nanosecond, and an exporter that sends a batch again sends the same one: after
    /// a 429, a 503, or an answer that was lost, however late. So two that have the time and everything else that is kept in common are one.
    /// Where a client's clock is coarse, two calls of the same tool that ended in the same millisecond after the same time are taken for one,
    /// unless the agent numbers its records or calls. A record without a time is told apart as any other event.
    /// </summary>
    /// <param name="unixNano">The record's own time, as it says it; 0 when it says none.</param>
    /// <param name="facts">Everything else that is kept of it, its number or span included.</param>
    public static EventIdentity OfRecord(string principal, string agent, string type, string? nativeTask, ulong unixNano, string facts) => new(
        Hash(unixNano, Encoding.UTF8.GetBytes(string.Join('\0', "record", principal, agent, type, nativeTask, unixNano.ToString(CultureInfo.InvariantCulture), facts))), unixNano != 0);

    /// <summary>
    /// A hook is told once and never again, but the same hook may be set up twice: by a person and for the whole machine. So two are one that have
    /// in common all that is kept of them, and their mark: the call's own id, else the moment by the agent's own clock, else the second in which
    /// they came. Of an agent that tells neither id nor time, two calls of the same tool that ended alike within one second are taken for one.
    /// </summary>
    public static EventIdentity OfHook(string principal, string agent, string type, string? nativeTask, string mark, string facts) => new(
        Hash(Encoding.UTF8.GetBytes(string.Join('\0', "hook", principal, agent, type, nativeTask, mark, facts))), true);

    /// <param name="body">All that was sent, in a form that does not depend on spaces and the order of members.</param>
    public static EventIdentity OfBody(string principal, ReadOnlySpan<byte> body) => new(Hash([.. Encoding.UTF8.GetBytes($"body\0{principal}\0"), .. body]), false);

    /// <summary>What no two kept events have in common.</summary>
    /// <param name="number">Which of the equal ones within a window.</param>
    public byte[] Digest(DateTimeOffset at, int number) => Once
        ? Convert.FromHexString(Same)
        : Convert.FromHexString(Hash((ulong)(at.UtcTicks / Window.Ticks), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Same} {number}"))));

    private static string Hash(ulong time, ReadOnlySpan<byte> bytes) => time.ToString("x16", CultureInfo.InvariantCulture) + Hash(bytes)[..48];

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
