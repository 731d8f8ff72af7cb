using System.Collections.Immutable;
using System.Globalization;
using Paddock.Core.Alerts;
using Paddock.Core.Mitigations;
using Paddock.Core.Tools;

namespace Paddock.Core.Runbooks;

/// <summary>Makes orders of steps.</summary>
public static class StepOrders
{
    private static readonly TimeSpan usualAnswer = TimeSpan.FromMinutes(30);

    /// <param name="parameters">The run's words by their names; all that the step uses are there.</param>
    public static StepOrder Of(RunbookStep step, IReadOnlyDictionary<string, string> parameters)
    {
        string? Maybe(string name) => step.Argument(name) is { } text ? Fill(text, parameters) : null;
        string Text(string name) => Maybe(name) ?? throw new InvalidOperationException($"Step '{step.Id}' has no {name}.");
        TimeSpan Span(string name) => TimeSpan.FromSeconds(double.Parse(Text(name), CultureInfo.InvariantCulture));
        return step.Action switch
        {
            StepAction.RouteSwitch => new StepOrder.Mitigate(new Measure.PreferProvider(Text("route"), Text("to"))),
            StepAction.ProviderAvoid => new StepOrder.Mitigate(new Measure.AvoidProvider(Text("provider"))),
            StepAction.CredentialRest => new StepOrder.Mitigate(new Measure.RestCredential(Text("provider"), Text("credential"))),
            StepAction.CallsShed => new StepOrder.Mitigate(new Measure.Shed(Text("calls") is "large" ? CallKind.Large : CallKind.Subagents, Span("retryAfter"))),
            StepAction.TasksSmaller => new StepOrder.Mitigate(new Measure.SmallerTasks(long.Parse(Text("mostTokens"), CultureInfo.InvariantCulture))),
            StepAction.ToolsReadonly => new StepOrder.Mitigate(new Measure.ReadOnly()),
            StepAction.ToolsAsk => new StepOrder.Mitigate(new Measure.Ask(Classes(Text("classes")), Text("chain"))),
            StepAction.PolicyTighten => new StepOrder.Mitigate(new Measure.Tighten(Text("policy"))),
            StepAction.ProviderDisable => new StepOrder.Stop(null, null, null, null, Text("provider"), null),
            StepAction.ToolDisable => new StepOrder.Stop(null, null, null, null, null, Text("tool")),
            StepAction.Contain => new StepOrder.Stop(Maybe("user"), Maybe("agent"), Maybe("task"), Maybe("model"), null, null),
            StepAction.ChangesList => new StepOrder.ListChanges(Span("window")),
            StepAction.Notify => new StepOrder.Notify(Text("text"), Maybe("severity") is "page" ? AlertSeverity.Page : AlertSeverity.Ticket),
            StepAction.PeopleTell => new StepOrder.Tell(Text("text")),
            StepAction.Confirm => new StepOrder.Ask(Text("question"), step.Argument("within") is null ? usualAnswer : Span("within")),
            StepAction.Check => new StepOrder.Look(),
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };
    }

    /// <summary>Puts the parameters in for <c>${name}</c>.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var name in NamesIn(text))
        {
            text = text.Replace($"${{{name}}}", parameters.GetValueOrDefault(name) ?? throw new InvalidOperationException($"Nobody said what '{name}' is."), StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The parameters that a text uses.</summary>
    public static ImmutableArray<string> NamesIn(string text)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        for (var at = text.IndexOf("${", StringComparison.Ordinal); at >= 0; at = text.IndexOf("${", at + 2, StringComparison.Ordinal))
        {
            if (text.IndexOf('}', at) is > 0 and var end)
            {
                names.Add(text[(at + 2)..end]);
            }
        }

        return names.ToImmutable();
    }

    private static ImmutableArray<ToolClass> Classes(string words) => [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static word => (ToolClass)ToolClassNames.All.IndexOf(word))];
}
