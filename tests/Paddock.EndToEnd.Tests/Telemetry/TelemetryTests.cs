using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Ledger;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;
using Paddock.EndToEnd.Tests.Agents;

namespace Paddock.EndToEnd.Tests.Telemetry;

/// <summary>Agents tell of themselves: over a socket, by exporters that somebody else wrote.</summary>
public sealed class TelemetryTests
{
    private const string Session = "0190b2a4-0000-7000-8000-000000000001";

    private static readonly IAgentDialect[] dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_exporter_was_told_is_taken_is_there_after_a_restart()
    {
        await using var paddock = await ServedTelemetry.StartAsync();

        Export(paddock, await paddock.KeyAsync("ada"), "claude_code.tool_result", new() { ["event.name"] = "tool_result", ["session.id"] = Session, ["tool_name"] = "Bash", ["tool_use_id"] = "toolu_1", ["success"] = "true", ["tool_input"] = "geheim" });
        Export(paddock, "pk_nonsense", "claude_code.user_prompt", new() { ["event.name"] = "user_prompt", ["session.id"] = Session });
        await paddock.RestartAsync();

        var one = (await paddock.EventsAsync(TaskKey.Compute(paddock.PrincipalOf("ada"), "claude-code", Session))).ShouldHaveSingleItem();
        (one.Type, one.NativeTask, one.Facts).ShouldBe(("claude_code.tool_result", Session, """{"tool":"Bash","toolCall":"toolu_1","success":true}"""));
    }

    [Fact]
    public async Task What_codex_tells_is_of_the_task_that_the_gateway_saw()
    {
        var events = await RunAsync(AgentRecipes.Codex with
        {
            Prepare = static (home, to) =>
            {
                AgentRecipes.Codex.Prepare(home, to);
                File.AppendAllText(Path.Combine(home.Home, ".codex", "config.toml"), $$"""


                    [otel]
                    log_user_prompt = true
                    exporter = { otlp-http = { endpoint = "{{to.Url}}/otlp/v1/logs", protocol = "binary" } }
                    trace_exporter = { otlp-http = { endpoint = "{{to.Url}}/otlp/v1/traces", protocol = "binary" } }
                    metrics_exporter = { otlp-http = { endpoint = "{{to.Url}}/otlp/v1/metrics", protocol = "json" } }
                    """);
            },
            Attached = static to => new Dictionary<string, string> { ["PADDOCK_API_KEY"] = to.Key, ["OTEL_EXPORTER_OTLP_HEADERS"] = "Authorization=Bearer " + to.Key },
        });

        var signals = events.Select(SignalOf).ToArray();
        signals.Select(static one => one.Kind).Where(static kind => kind is not TaskSignalKind.None).ShouldBe([TaskSignalKind.Started, TaskSignalKind.Answered, TaskSignalKind.Turn, TaskSignalKind.ToolEnded, TaskSignalKind.Turn]);
        signals.ShouldContain(static one => one.Class == ToolClass.Command && one.ToolCall == "call_shell");
    }

    [Fact, Trait("In", "soak")]
    public async Task What_claude_code_tells_is_of_the_task_that_the_gateway_saw()
    {
        var events = await RunAsync(AgentRecipes.ClaudeCode with
        {
            Environment = new Dictionary<string, string>
            {
                ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1",
                ["CLAUDE_CODE_ENABLE_TELEMETRY"] = "1",
                ["OTEL_LOGS_EXPORTER"] = "otlp",
                ["OTEL_METRICS_EXPORTER"] = "otlp",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_EXPORTER_OTLP_COMPRESSION"] = "gzip",
                ["OTEL_LOG_USER_PROMPTS"] = "1",
                ["OTEL_LOG_TOOL_DETAILS"] = "1",
            },
            Attached = static to => new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = to.Url + "/otlp", ["OTEL_EXPORTER_OTLP_HEADERS"] = "Authorization=Bearer " + to.Key },
        });

        events.Select(SignalOf).Select(static one => one.Kind).Where(static kind => kind is not TaskSignalKind.None).Order()
            .ShouldBe(new[] { TaskSignalKind.Answered, TaskSignalKind.Turn, TaskSignalKind.ToolEnded, TaskSignalKind.Turn }.Order());
    }

    /// <summary>Runs an agent that has its shell write a file, and returns what it told of the one task that its model calls are of.</summary>
    private static async Task<IReadOnlyList<AgentEvent>> RunAsync(AgentRecipe recipe)
    {
        using var home = new AgentHome();
        await using var paddock = await ServedTelemetry.StartAsync();

        var end = await recipe.RunAsync(home, new(paddock.Url, await paddock.KeyAsync("alice"), "paddock-sim"), "Write the proof file, geheim.", Cancellation);

        end.ExitCode.ShouldBe(0, end.Output);
        var task = (await paddock.CallsAsync(recipe.Agent)).Select(static call => call.Task).Distinct().ShouldHaveSingleItem(end.Output).ShouldNotBeNull();
        var events = await paddock.EventsAsync(task);
        events.ShouldNotBeEmpty(end.Output);
        events.ShouldAllBe(one => one.Agent == recipe.Agent && !one.Facts.Contains("proof") && !one.Facts.Contains("geheim"));
        return events;
    }

    private static TaskSignal SignalOf(AgentEvent one) => dialects.Single(dialect => dialect.Agent == one.Agent).SignalOf(one);

    /// <summary>Sends one record by OpenTelemetry's own exporter, and waits until it was answered.</summary>
    private static void Export(ServedTelemetry paddock, string key, string body, Dictionary<string, object?> attributes)
    {
        using var logging = LoggerFactory.Create(builder => builder.AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("claude-code", serviceVersion: "2.1.197", autoGenerateServiceInstanceId: false));
            options.AddOtlpExporter(otlp =>
            {
                (otlp.Endpoint, otlp.Protocol, otlp.ExportProcessorType) = (new(paddock.Url + "/otlp/v1/logs"), OtlpExportProtocol.HttpProtobuf, ExportProcessorType.Simple);
                otlp.Headers = "Authorization=Bearer " + key;
            });
        }));
        logging.CreateLogger("com.anthropic.claude_code.events").Log(LogLevel.Information, default, attributes, null, (_, _) => body);
    }
}
