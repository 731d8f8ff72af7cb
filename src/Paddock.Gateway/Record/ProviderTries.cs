using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Paddock.Core.Ledger;

namespace Paddock.Gateway.Record;

/// <summary>Counts what came of a call at each provider: of its tries there the last, as alerts count it. Providers' names come from the release, outcomes are a closed set.</summary>
internal sealed class ProviderTries(Meter meter)
{
    private static readonly string[] outcomes = ["ok", "failed", "credential_refused", "other"];

    private readonly Counter<long> tries = meter.CreateCounter<long>("paddock.provider.tries", "{try}", "Calls at a provider, by provider and outcome: ok, failed (its fault), credential_refused, other (ended by the client or Paddock, or a wrong request).");
    private readonly ConcurrentDictionary<string, bool> begun = new(StringComparer.Ordinal);

    public void Count(IReadOnlyList<CallAttempt> attempts)
    {
        if (!tries.Enabled)
        {
            return;
        }

        for (var i = 0; i < attempts.Count; i++)
        {
            if (!IsLast(attempts, i))
            {
                continue;
            }

            var provider = attempts[i].Provider;
            if (begun.TryAdd(provider, true))
            {
                Begin(provider);
            }

            tries.Add(1, new("provider", provider), new("outcome", OutcomeOf(attempts[i])));
        }
    }

    /// <summary>A series that begins with its first failure would hide that one from whoever looks at its growth.</summary>
    private void Begin(string provider)
    {
        foreach (var outcome in outcomes)
        {
            tries.Add(0, new("provider", provider), new("outcome", outcome));
        }
    }

    private static bool IsLast(IReadOnlyList<CallAttempt> attempts, int at)
    {
        for (var later = at + 1; later < attempts.Count; later++)
        {
            if (attempts[later].Provider == attempts[at].Provider)
            {
                return false;
            }
        }

        return true;
    }

    private static string OutcomeOf(CallAttempt attempt) => attempt switch
    {
        { ErrorClass: null } => "ok",
        { Status: 401 or 403 } => "credential_refused",
        _ when ProviderFaults.Has(attempt.ErrorClass) => "failed",
        _ => "other",
    };
}
