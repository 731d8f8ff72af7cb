using System.Data.Common;
using System.Text;
using System.Text.Json;
using Paddock.Core.Ledger;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;
using Paddock.Store.Dialects;

namespace Paddock.Store.Policies;

/// <summary>A decision as a row.</summary>
internal static class DecisionRow
{
    private const int Longest = 500;

    /// <summary>In the order in which <see cref="Read"/> takes them and <see cref="Parameters"/> names them.</summary>
    public static readonly string[] Names =
    [
        "id", "at", "call_id", "tool_call_id", "digest", "principal_id", "key_id", "teams", "agent", "task_id", "native_task", "mode", "repository", "tool", "class", "effect", "soft", "rule",
        "enforcement", "shadow_effect", "shadow_rule", "warning", "errors", "opaque", "not_evaluated", "release_digest", "inputs", "mutating", "step", "outcome", "outcome_at", "let_go",
        "result", "exit_code", "result_at",
    ];

    public static string Columns { get; } = string.Join(", ", Names);

    public static Dapper.DynamicParameters Parameters(StoredDecision decision, IDialect dialect)
    {
        var values = new Dapper.DynamicParameters();
        var all = Values(decision, dialect);
        for (var i = 0; i < Names.Length; i++)
        {
            values.Add(Names[i], all[i]);
        }

        return values;
    }

    public static StoredDecision Read(DbDataReader row, IDialect dialect)
    {
        var at = 0;
        return new()
        {
            Id = row.GetString(at++),
            At = row.GetInt64(at++).ToTime(),
            Call = new(dialect.ReadId(row.GetValue(at++))),
            ToolCall = Text(row, at++),
            Digest = Text(row, at++),
            Principal = row.GetString(at++),
            Key = row.GetString(at++),
            Teams = DecisionDocument.Texts(row.GetString(at++)),
            Agent = row.GetString(at++),
            Task = Text(row, at++),
            NativeTask = Text(row, at++),
            Mode = Text(row, at++),
            Repository = Text(row, at++),
            Tool = row.GetString(at++),
            Class = Value<ToolClass>(row.GetString(at++)),
            Effect = Value<Effect>(row.GetString(at++)),
            Soft = row.GetBoolean(at++),
            Rule = Text(row, at++),
            Enforcement = Text(row, at++) is { } enforcement ? Value<Enforcement>(enforcement) : null,
            ShadowEffect = Value<Effect>(row.GetString(at++)),
            ShadowRule = Text(row, at++),
            Warning = Text(row, at++),
            Errors = (int)row.GetInt64(at++),
            Opaque = row.GetBoolean(at++),
            NotEvaluated = Text(row, at++),
            ReleaseDigest = row.GetString(at++),
            Inputs = Text(row, at++) is { } inputs ? DecisionDocument.Inputs(inputs) : null,
            Mutating = row.GetBoolean(at++),
            Step = DecisionDocument.Step(Text(row, at++)),
            Outcome = Value<DecisionOutcome>(row.GetString(at++)),
            OutcomeAt = row.GetInt64(at++).ToTime(),
            Result = Text(row, ++at) is { } end ? new ToolResult(Value<ToolEnd>(end), row.IsDBNull(at + 1) ? null : (int)row.GetInt64(at + 1)) : null,
            ResultAt = row.IsDBNull(at + 2) ? null : row.GetInt64(at + 2).ToTime(),
        };
    }

    /// <summary>As a value of a closed set is written.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static object?[] Values(StoredDecision decision, IDialect dialect) =>
    [
        decision.Id, decision.At.ToMicros(), dialect.Id(decision.Call.Value), Stored(decision.ToolCall), decision.Digest, decision.Principal, decision.Key, DecisionDocument.Of(decision.Teams), Stored(decision.Agent),
        decision.Task, Stored(decision.NativeTask), Stored(decision.Mode), Stored(decision.Repository), Stored(decision.Tool), Name(decision.Class), Name(decision.Effect), decision.Soft, decision.Rule,
        decision.Enforcement is { } enforcement ? Name(enforcement) : null, Name(decision.ShadowEffect), decision.ShadowRule, decision.Warning, (long)decision.Errors, decision.Opaque,
        decision.NotEvaluated, decision.ReleaseDigest, decision.Inputs is { } inputs ? DecisionDocument.Of(inputs) : null, decision.Mutating, DecisionDocument.Of(decision.Step),
        Name(decision.Outcome), decision.OutcomeAt.ToMicros(), decision.Outcome.IsLetGo(),
        decision.Result is { } result ? Name(result.End) : null, (long?)decision.Result?.ExitCode, decision.ResultAt?.ToMicros(),
    ];

    /// <summary>What comes off a wire can be long, and hold what a database takes for no text.</summary>
    private static string? Stored(string? text) =>
        text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Length > Longest ? text[..Longest] : text)).Replace('\0', '\ufffd');

    private static string? Text(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);

    /// <summary>What <see cref="Name"/> has written.</summary>
    /// <exception cref="ArgumentException">This version knows no such value.</exception>
    public static T Value<T>(string name)
        where T : struct, Enum => Enum.Parse<T>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
