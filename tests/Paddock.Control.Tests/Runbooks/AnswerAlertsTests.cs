using System.Text.Json;
using Paddock.Control.Incidents;
using Paddock.Control.Runbooks;
using Paddock.Core.Alerts;
using Paddock.Core.Runbooks;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Runbooks;

/// <summary>Runbooks that alerts begin.</summary>
public sealed class AnswerAlertsTests
{
    private const string Steps = "- {id: tell, do: notify, with: {text: \"${mode} is wrong\"} }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_begins_its_runbook_once_whatever_its_parameters_are_called()
    {
        await using var control = await RunbookControl.StartAsync(Steps, "alerts: [provider-outage]\n  start: auto\n  parameters: [{name: mode, from: subject}, {name: incident, usual: x}]");

        await AlertAsync(control, "openai");
        await control.Get<AnswerAlerts>().LookAsync(Cancellation);

        var run = (await control.Get<IRuns>().ListAsync(new() { Runbook = "own" }, Cancellation)).ShouldHaveSingleItem();
        run.Parameters["mode"].ShouldBe("openai");
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData(" ")]
    public async Task What_nobody_would_be_let_say_no_alert_says_either(string subject)
    {
        await using var control = await RunbookControl.StartAsync(Steps.Replace("mode", "which", StringComparison.Ordinal), "alerts: [provider-outage]\n  start: auto\n  parameters: [{name: which, from: subject}]");

        await AlertAsync(control, subject);

        (await control.Get<IRuns>().ListAsync(new() { Runbook = "own" }, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public void An_answer_that_says_neither_yes_nor_no_is_none() =>
        Should.Throw<JsonException>(static () => JsonSerializer.Deserialize("""{"reason": "fine"}""", ControlJson.Default.AnswerInput));

    /// <summary>An alert that people were told of, in an incident of its own; then one look.</summary>
    private static async Task AlertAsync(ControlUnderTest control, string subject)
    {
        var alert = new Alert { Id = "alr_1", Rule = "provider-outage", Subject = subject, Severity = AlertSeverity.Page, BeganAt = Noon, SeenAt = Noon, ToldAt = Noon, Says = "It fails." };
        await control.Get<IAlerts>().KeepAsync(new([alert], [], []), [], Cancellation);
        await control.Get<WatchIncidents>().LookAsync([alert], Cancellation);
        await control.Get<AnswerAlerts>().LookAsync(Cancellation);
    }
}
