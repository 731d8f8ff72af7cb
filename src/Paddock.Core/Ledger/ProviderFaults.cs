using System.Collections.Immutable;

namespace Paddock.Core.Ledger;

/// <summary>
/// Error classes that say that a provider did not do its part. The rest are ends that the client or Paddock made, requests that were wrong,
/// and credentials that were refused.
/// </summary>
public static class ProviderFaults
{
    public static readonly ImmutableArray<string> Classes =
        ["connect", "timeout", "rate_limited", "overloaded", "upstream_5xx", "upstream_broken", "upstream_encoding", "upstream_redirect", "upstream_error", "mid_stream"];

    public static bool Has(string? errorClass) => errorClass is not null && Classes.Contains(errorClass);
}
