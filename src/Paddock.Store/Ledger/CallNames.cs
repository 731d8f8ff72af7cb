using Paddock.Core.Ledger;
using Paddock.Core.Models;

namespace Paddock.Store.Ledger;

/// <summary>The names of outcomes and price sources in the ledger: lower snake case.</summary>
internal static class CallNames
{
    private static readonly string[] outcomes = [.. Enum.GetNames<CallOutcome>().Select(Snake)];
    private static readonly string[] sources = [.. Enum.GetNames<PriceSource>().Select(Snake)];

    public static string Outcome(CallOutcome outcome) => outcomes[(int)outcome];

    public static string Source(PriceSource source) => sources[(int)source];

    /// <summary>A name that this version does not know (a newer one wrote it) reads as <see cref="CallOutcome.Failed"/>.</summary>
    public static CallOutcome ParseOutcome(string name) => Array.IndexOf(outcomes, name) is >= 0 and var i ? (CallOutcome)i : CallOutcome.Failed;

    /// <summary>An unknown name reads as <see cref="PriceSource.Unknown"/>.</summary>
    public static PriceSource ParseSource(string name) => Array.IndexOf(sources, name) is >= 0 and var i ? (PriceSource)i : PriceSource.Unknown;

    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
}
