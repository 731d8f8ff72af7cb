using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Paddock.Agents.Telemetry;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Hooks;

/// <summary>What an agent's hooks tell beside asking. Of an event only what its line names is looked at and kept; of one that has no line, nothing.</summary>
/// <param name="session">Member that names the agent's session.</param>
/// <param name="parent">Member that names the session that began this one; null = the agent tells none.</param>
internal sealed class HookTypes(string session, ImmutableArray<HookType> types, string? parent = null)
{
    private const string Prefix = "hook.", RepositoryFact = "repository", ResultFact = "result", ExitFact = "exitCode", CallFact = "toolCall";

    /// <summary>Where agents write a moment, they write it so.</summary>
    private const string Moment = "timestamp";

    private static readonly FrozenDictionary<string, ToolEnd> ends = Enum.GetValues<ToolEnd>().ToFrozenDictionary(static end => JsonNamingPolicy.SnakeCaseLower.ConvertName(end.ToString()), StringComparer.Ordinal);

    private readonly FrozenDictionary<string, HookType> byName = types.ToFrozenDictionary(static one => one.Name, StringComparer.Ordinal);

    public static bool IsTold(AgentEvent one) => one.Type.StartsWith(Prefix, StringComparison.Ordinal);

    /// <param name="name">Which event it is.</param>
    /// <returns>An event that nobody decides on: told, or, where nothing is kept of it, another.</returns>
    public HookEvent Read(JsonElement body, string name, string? version = null)
    {
        if (!byName.TryGetValue(name, out var type) || HookBody.Name(body, session) is not { } native)
        {
            return HookEvent.Other.Instance;
        }

        using var buffer = new MemoryStream();
        using (var facts = new Utf8JsonWriter(buffer))
        {
            facts.WriteStartObject();
            foreach (var fact in type.Facts)
            {
                fact.Write(facts, member => HookBody.Value(body, member));
            }

            WriteResult(facts, type.Result?.Invoke(body));
            facts.WriteEndObject();
        }

        var text = Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        return new HookEvent.Telling(new(Prefix + type.Name, native, text)
        {
            Parent = parent is null ? null : HookBody.Name(body, parent),
            Mark = CallIn(text) ?? MomentIn(body),
            Version = version,
        });
    }

    public TaskSignal SignalOf(AgentEvent one, IAgentDialect dialect)
    {
        using var facts = EventFacts.Of(one);
        if (!byName.TryGetValue(one.Type[Prefix.Length..], out var type))
        {
            return TaskSignal.None;
        }

        var kind = type.Says?.Invoke(facts) ?? type.Kind;
        return (kind is TaskSignalKind.ToolEnded ? TelemetryTools.Ended(dialect, facts, ResultOf(facts)) : new(kind)) with { Model = facts.Text("model"), Repository = facts.Text(RepositoryFact) };
    }

    private static void WriteResult(Utf8JsonWriter facts, ToolResult? result)
    {
        if (result is not { } came)
        {
            return;
        }

        facts.WriteString(ResultFact, JsonNamingPolicy.SnakeCaseLower.ConvertName(came.End.ToString()));
        if (came.ExitCode is { } code)
        {
            facts.WriteNumber(ExitFact, code);
        }
    }

    private static ToolResult ResultOf(EventFacts facts) => new(ends.GetValueOrDefault(facts.Text(ResultFact) ?? "", ToolEnd.Unknown), facts.Whole(ExitFact));

    private static string? CallIn(string facts)
    {
        using var json = JsonDocument.Parse(facts);
        return HookBody.Text(json.RootElement, CallFact) is { } call ? $"call {call}" : null;
    }

    private static string? MomentIn(JsonElement body) => HookBody.Value(body, Moment) switch
    {
        { Text: { } text } => $"at {text}",
        { Whole: { } number } => string.Create(CultureInfo.InvariantCulture, $"at {number}"),
        _ => null,
    };
}
