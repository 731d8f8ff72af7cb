using System.Collections.Immutable;
using System.Globalization;
using System.Text;
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

    /// <summary>Puts the parameters in for <c>${name}</c>. What a parameter says is taken as it is, a <c>${…}</c> in it too: it may be an agent's word.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> parameters)
    {
        var (filled, done) = (new StringBuilder(), 0);
        foreach (var (name, from, to) in UsesIn(text))
        {
            filled.Append(text, done, from - done).Append(parameters.GetValueOrDefault(name) ?? throw new InvalidOperationException($"Nobody said what '{name}' is."));
            done = to;
        }

        return filled.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>The parameters that a text uses.</summary>
    public static ImmutableArray<string> NamesIn(string text) => [.. UsesIn(text).Select(static use => use.Name)];

    /// <summary>Whether a <c>${</c> has no end: it names nothing, and would be shown as it is.</summary>
    public static bool IsUnclosed(string text) => text.IndexOf("${", UsesIn(text) is [.., var last] ? last.To : 0, StringComparison.Ordinal) >= 0;

    private static List<(string Name, int From, int To)> UsesIn(string text)
    {
        var uses = new List<(string Name, int From, int To)>();
        for (var from = text.IndexOf("${", StringComparison.Ordinal); from >= 0 && text.IndexOf('}', from) is > 0 and var end; from = text.IndexOf("${", end, StringComparison.Ordinal))
        {
            uses.Add((text[(from + 2)..end], from, end + 1));
        }

        return uses;
    }

    private static ImmutableArray<ToolClass> Classes(string words) => [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static word => (ToolClass)ToolClassNames.All.IndexOf(word))];
}
