using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents.Telemetry;
using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Tasks;
using Paddock.Testing;

namespace Paddock.Agents.Tests.Telemetry;

/// <summary>What requests come to, without the socket between.</summary>
internal static class Told
{
    public static readonly DateTimeOffset Now = SentTelemetry.At.AddSeconds(2);

    private static readonly ServiceProvider services = new ServiceCollection().AddAgents().BuildServiceProvider();

    private static readonly TelemetryReading reading = new(services.GetServices<IAgentTelemetry>(), services.GetServices<IAgentDialect>());

    /// <summary>What is kept of a request, the same in both forms.</summary>
    public static AgentEvent[] Events(TelemetrySignal signal, string request)
    {
        var (json, protobuf) = (Read(Otlp.Json, signal, request), Read(Otlp.Protobuf, signal, request));
        protobuf.Events.ShouldBe(json.Events);
        return [.. json.Events];
    }

    public static TelemetryRead Read(string form, TelemetrySignal signal, string request, KeyScopes? scopes = null, string? named = null) =>
        reading.Read(Batch(form, signal, Otlp.Body(form, request)).ShouldNotBeNull().Records, CallerWith(scopes ?? new() { Models = true }), named, Now);

    public static TelemetryBatch? Batch(string form, TelemetrySignal signal, byte[] body) => form == Otlp.Json ? new OtlpJson(reading.Wanted).Read(body, signal) : new OtlpProtobuf(reading.Wanted).Read(body, signal);

    /// <summary>What the one event that is kept of a record says of its task.</summary>
    public static TaskSignal Signal(IAgentDialect dialect, TelemetrySignal signal, string request)
    {
        var one = Events(signal, request).ShouldHaveSingleItem();
        one.Agent.ShouldBe(dialect.Agent);
        return dialect.SignalOf(one);
    }

    private static Caller CallerWith(KeyScopes scopes) => new TestIdentities(new Pepper(new byte[32])).AddKey(scopes).Caller;
}
