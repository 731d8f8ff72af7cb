using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Paddock.Core.Runbooks;
using Paddock.Core.Tools;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of a <c>Runbook</c>.</summary>
internal static class RunbookSpec
{
    private const int MostSteps = 20, MostParameters = 10, LongestText = 300, LongestId = 60;

    /// <summary>What is said of a <c>${</c> without an end.</summary>
    internal const string Unclosed = "A ${ has no } that ends it; write ${name}.";

    private static readonly string[] starts = ["offered", "assisted", "auto"];
    private static readonly string[] sources = ["subject", "subject.first", "subject.rest"];
    private static readonly TimeSpan longest = TimeSpan.FromDays(7);

    /// <summary>Arguments that name another document.</summary>
    private static readonly Dictionary<string, string> documents = new(StringComparer.Ordinal)
    {
        ["provider"] = DocumentKinds.Provider,
        ["to"] = DocumentKinds.Provider,
        ["route"] = DocumentKinds.ModelRoute,
        ["chain"] = DocumentKinds.ApprovalChain,
        ["policy"] = DocumentKinds.Policy,
    };

    /// <returns>Null when too much of it is missing.</returns>
    public static Runbook? Read(DocumentHead head, Fields spec)
    {
        var before = spec.Place.FaultCount;
        var guide = Guide(spec);
        var alerts = Alerts(spec);
        var start = (RunbookStart)(spec.Choice("start", starts) ?? 0);
        var parameters = spec.Objects("parameters").Select(fields => Parameter(fields, start)).OfType<RunbookParameter>().ToImmutableArray();
        var steps = spec.Objects("steps", required: true).Select(Step).OfType<RunbookStep>().ToImmutableArray();
        var hold = spec.Duration("hold", TimeSpan.FromMinutes(1), longest) ?? TimeSpan.FromHours(1);
        var drill = DrillSpec.Read(spec);
        CheckNames(spec, parameters, steps);
        if (guide is null || drill is null || spec.Place.FaultCount > before)
        {
            return null;
        }

        var source = NodeText.Of(head, spec.Node);
        return new()
        {
            Name = head.Name,
            Owner = head.Owner,
            Guide = guide,
            Alerts = alerts,
            Start = start,
            Parameters = parameters,
            Steps = steps,
            Hold = hold,
            Drill = drill,
            Source = source,
            Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source))),
        };
    }

    private static RunbookGuide? Guide(Fields spec)
    {
        if (spec.Object("guide", required: true) is not { } fields)
        {
            return null;
        }

        string Text(string name) => fields.Prose(name, required: true) ?? "";
        var guide = new RunbookGuide(Text("trigger"), Text("hypothesis"), Text("immediate"), Text("control"), Text("verification"), Text("rollback"), Text("communication"), Text("learning"));
        fields.Close();
        return guide;
    }

    private static ImmutableArray<string> Alerts(Fields spec)
    {
        var named = spec.Texts("alerts");
        foreach (var (text, line, path) in named)
        {
            spec.Place.Refer(DocumentKinds.AlertRule, text, line, path);
        }

        return [.. named.Select(static one => one.Text)];
    }

    private static RunbookParameter? Parameter(Fields fields, RunbookStart start)
    {
        var name = Id(fields, "name");
        var from = fields.Choice("from", sources) is { } choice ? sources[choice] : null;
        var usual = fields.Text("usual");
        fields.Close();
        if (start is not RunbookStart.Offered && !fields.Has("from") && !fields.Has("usual"))
        {
            fields.Fault("from", $"No alert says it, so the runbook never begins by itself as start: {starts[(int)start]} has it. Write from or usual, or start: offered.");
        }

        return name is null ? null : new(name, from, usual);
    }

    /// <summary>People write it on command lines, and it is part of addresses: what would have to be escaped there could not be answered.</summary>
    private static string? Id(Fields fields, string field)
    {
        var text = fields.Text(field, required: true);
        if (text is not (null or "") && !DocumentNames.IsName(text, LongestId))
        {
            fields.Fault(field, $"It begins with a letter or digit and holds letters, digits and - _ ., at most {LongestId} in all.");
        }

        return text;
    }

    private static RunbookStep? Step(Fields fields)
    {
        var id = Id(fields, "id");
        var action = (StepAction?)fields.Choice("do", StepActions.Names, required: true);
        var safe = fields.Flag("safe") ?? false;
        var verify = CheckSpec.Read(fields, "verify");
        var with = action is { } known ? Arguments(known, fields) : [];
        fields.Close();
        if (action is StepAction.Check && verify is null)
        {
            fields.Fault("verify", "A check says what must be so.");
        }

        return id is null || action is null ? null : new(id, action.Value, with, safe, verify);
    }

    private static ImmutableArray<KeyValuePair<string, string>> Arguments(StepAction action, Fields step)
    {
        var wanted = StepActions.ArgumentsOf(action);
        if (step.Object("with", action is StepAction.Contain || wanted.Any(static one => one.Required)) is not { } fields)
        {
            return [];
        }

        var read = wanted.Select(one => new KeyValuePair<string, string?>(one.Name, Argument(fields, one))).Where(static one => one.Value is not null).Select(static one => new KeyValuePair<string, string>(one.Key, one.Value!)).ToImmutableArray();
        if (action is StepAction.Contain && read.IsEmpty)
        {
            fields.Fault("user", "Name at least one of user, agent, task and model.");
        }

        fields.Close();
        return read;
    }

    private static string? Argument(Fields fields, StepArgument argument)
    {
        switch (argument.Kind)
        {
            case ArgumentKind.Whole:
                return fields.Whole(argument.Name, 1, 100_000_000, argument.Required)?.ToString(CultureInfo.InvariantCulture);
            case ArgumentKind.Duration:
                return fields.Duration(argument.Name, TimeSpan.FromSeconds(1), longest, argument.Required)?.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            case ArgumentKind.Words:
                return fields.Texts(argument.Name, argument.Required) is { Count: > 0 } words
                    ? string.Join(' ', words.Where(word => FieldValues.ChoiceOf(fields.Place, word.Line, word.Path, word.Text, ToolClassNames.All) is not null).Select(static word => word.Text)) : null;
            default:
                var text = fields.Text(argument.Name, argument.Required)?.Trim();
                if (text is not null && (text.Length > LongestText || text.Any(char.IsControl)))
                {
                    fields.Fault(argument.Name, $"It is one line of up to {LongestText} characters.");
                    return null;
                }

                if (text is not null && StepOrders.IsUnclosed(text))
                {
                    fields.Fault(argument.Name, Unclosed);
                    return null;
                }

                if (text is not null && argument.Choices.Length > 0)
                {
                    return FieldValues.ChoiceOf(fields.Place, fields.LineOf(argument.Name), DottedKey.Below(fields.Path, argument.Name), text, argument.Choices) is { } choice ? argument.Choices[choice] : null;
                }

                if (text is not null && documents.TryGetValue(argument.Name, out var kind) && StepOrders.NamesIn(text).IsEmpty)
                {
                    fields.Place.Refer(kind, text, fields.LineOf(argument.Name), DottedKey.Below(fields.Path, argument.Name));
                }

                return text;
        }
    }

    private static void CheckNames(Fields spec, ImmutableArray<RunbookParameter> parameters, ImmutableArray<RunbookStep> steps)
    {
        if (steps.Length > MostSteps || parameters.Length > MostParameters)
        {
            spec.Fault("steps", $"A runbook has at most {MostSteps} steps and {MostParameters} parameters.");
        }

        foreach (var twice in steps.GroupBy(static step => step.Id, StringComparer.Ordinal).Where(static same => same.Count() > 1))
        {
            spec.Fault("steps", $"Two steps are called {SecretText.Show(twice.Key)}.");
        }

        foreach (var twice in parameters.GroupBy(static one => one.Name, StringComparer.Ordinal).Where(static same => same.Count() > 1))
        {
            spec.Fault("parameters", $"Two parameters are called {SecretText.Show(twice.Key)}.");
        }

        var names = parameters.Select(static one => one.Name).ToList();
        foreach (var step in steps)
        {
            foreach (var name in step.With.Select(static one => one.Value).Append(step.Verify?.Of ?? "").SelectMany(static text => StepOrders.NamesIn(text)).Where(name => !names.Contains(name, StringComparer.Ordinal)))
            {
                spec.Fault("steps", $"Step {SecretText.Show(step.Id)} uses {SecretText.Show(name)}, which no parameter is called.", Suggestion.For(name, names));
            }
        }
    }
}
