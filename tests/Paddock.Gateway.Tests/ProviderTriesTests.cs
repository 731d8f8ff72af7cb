using System.Diagnostics.Metrics;
using Paddock.Core.Ledger;
using Paddock.Gateway.Record;

namespace Paddock.Gateway.Tests;

public class ProviderTriesTests
{
    [Fact]
    public void Of_a_calls_tries_at_one_provider_the_last_counts_by_whose_fault_it_was()
    {
        using var meter = new Meter("tries");
        var counted = new Dictionary<string, long>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => { if (ReferenceEquals(instrument.Meter, meter)) { self.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted[string.Join(' ', tags.ToArray().Select(static tag => tag.Value))] = counted.GetValueOrDefault($"{tags[0].Value} {tags[1].Value}") + value);
        listener.Start();
        var tries = new ProviderTries(meter);

        tries.Count([Try("primary", 503, "upstream_5xx"), Try("primary", 200, null)]);
        tries.Count([Try("primary", 0, "timeout"), Try("second", 200, null)]);
        tries.Count([Try("primary", 401, "upstream_auth")]);
        tries.Count([Try("primary", 400, "upstream_4xx")]);
        tries.Count([Try("primary", 0, "client_abort")]);
        tries.Count([]);

        counted.ShouldBe(
            new Dictionary<string, long>
            {
                ["primary ok"] = 1,
                ["primary failed"] = 1,
                ["primary credential_refused"] = 1,
                ["primary other"] = 2,
                ["second ok"] = 1,
                ["second failed"] = 0,
                ["second credential_refused"] = 0,
                ["second other"] = 0,
            },
            ignoreOrder: true);
    }

    private static CallAttempt Try(string provider, int status, string? error) => new(1, provider, "gpt-5", DateTimeOffset.UnixEpoch, TimeSpan.Zero, status, error, null);
}
