using System.Text.Json;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Models;

namespace Paddock.Control.Ledger;

/// <summary>A call as it is shown.</summary>
/// <param name="CostUsd">USD with nine decimals; null while the call runs.</param>
/// <param name="Outcome">running, or the closing's outcome in lower snake case.</param>
public sealed record CallView(
    string Id, DateTimeOffset At, string User, string Key, IReadOnlyList<string> Teams, string Agent, string? AgentVersion, string? Task, string? Session, string? ParentTask, string? Mode, string? Repository,
    string Wire, string Path, string ModelAsked, string? ModelServed, string? Provider, bool Stream, string Outcome, int Status, string? ErrorClass, string? Finish,
    TokensView Tokens, bool Estimated, decimal? CostUsd, string? PriceSource, string? PriceRow, double? DurationMs, double? FirstDeltaMs, long RequestBytes, long ResponseBytes,
    string Release, string? SystemHash, string? ToolsHash, string? ModeHash, IReadOnlyList<AttemptView> Attempts)
{
    public static CallView Of(CallRow row, IdentityDirectory directory)
    {
        var (opening, closing) = row;
        var caller = directory.Find(KeyId.Parse(opening.Key));
        return new(
            opening.Id.ToString(), opening.At, caller?.Principal.Name ?? opening.Principal, caller?.Key.Name ?? opening.Key, opening.Teams, opening.Agent, opening.AgentVersion, opening.Task, opening.NativeTask, opening.ParentTask,
            opening.Mode, opening.Repository, opening.Wire.Name(), opening.Path, opening.ModelAsked, closing?.ModelServed, closing?.Provider, opening.Stream,
            closing is null ? "running" : Snake(closing.Outcome), closing?.Status ?? 0, closing?.ErrorClass, closing?.Finish,
            TokensView.Of(closing?.Usage ?? default), closing?.Estimated ?? false, closing?.CostNanoUsd / 1_000_000_000m, closing is null ? null : Snake(closing.PriceSource), closing?.PriceRow,
            closing?.Duration.TotalMilliseconds, closing?.FirstDelta?.TotalMilliseconds, opening.RequestBytes, closing?.ResponseBytes ?? 0,
            opening.ReleaseDigest, opening.SystemHash, opening.ToolsHash, opening.ModeHash, [.. (closing?.Attempts ?? []).Select(AttemptView.Of)]);
    }

    private static string Snake<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

public sealed record TokensView(long Input, long CacheRead, long CacheWrite5m, long CacheWrite1h, long Output, long Reasoning)
{
    public static TokensView Of(TokenUsage usage) => new(usage.Input, usage.CacheRead, usage.CacheWrite5m, usage.CacheWrite1h, usage.Output, usage.Reasoning);
}

public sealed record AttemptView(int Number, string Provider, string Model, DateTimeOffset StartedAt, double DurationMs, int Status, string? ErrorClass, string? RequestId)
{
    public static AttemptView Of(CallAttempt attempt) =>
        new(attempt.Number, attempt.Provider, attempt.Model, attempt.StartedAt, attempt.Duration.TotalMilliseconds, attempt.Status, attempt.ErrorClass, attempt.RequestId);
}
