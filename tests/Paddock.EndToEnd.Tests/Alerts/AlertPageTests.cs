using System.Net;
using Paddock.Core.Alerts;
using Paddock.EndToEnd.Tests.Identity;

namespace Paddock.EndToEnd.Tests.Alerts;

/// <summary>Alerts on the console over real HTTP, as a browser without scripts meets them.</summary>
public class AlertPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operator_keeps_an_alert_quiet_and_ends_that_and_a_viewer_only_looks()
    {
        await using var served = await ServedPeople.StartAsync();
        using var root = await served.SignedInAsync("root", "operator", "viewer");
        using var reader = await served.SignedInAsync("reader", "viewer");
        using var ada = await served.SignedInAsync("ada");
        await FireAsync(served, "openai <b>");

        (await reader.GetAsync("/alerts")).ShouldBe(HttpStatusCode.OK);
        reader.Body.ShouldContain("openai &lt;b&gt;");
        reader.Body.ShouldNotContain("Keep quiet");
        (await reader.GetAsync("/")).ShouldBe(HttpStatusCode.OK);
        reader.Body.ShouldContain("provider-outage of openai");
        (await reader.PostAsync("/alerts", ("token", reader.Field("token")), ("do", "silence"), ("rule", "provider-outage"), ("reason", "known"), ("hours", "2"))).ShouldBe(HttpStatusCode.Forbidden);
        (await ada.GetAsync("/alerts")).ShouldBe(HttpStatusCode.Forbidden);

        await root.GetAsync("/alerts");
        (await root.PostAsync("/alerts", ("token", "none"), ("do", "silence"), ("rule", "provider-outage"), ("reason", "known"), ("hours", "2"))).ShouldBe(HttpStatusCode.Forbidden);
        (await root.PostAsync("/alerts", ("token", root.Field("token")), ("do", "silence"), ("rule", "provider-outage"), ("reason", ""), ("hours", "2"))).ShouldBe(HttpStatusCode.BadRequest);
        root.Body.ShouldContain("A reason is one line of 1 to 500 characters.");
        (await root.PostAsync("/alerts", ("token", root.Field("token")), ("do", "silence"), ("rule", "provider-outage"), ("reason", "They told us."), ("hours", "2"))).ShouldBe(HttpStatusCode.SeeOther);
        (await root.GetAsync(root.Location!)).ShouldBe(HttpStatusCode.OK);
        root.Body.ShouldContain("Nobody is told of these until then.");
        var silence = (await served.Get<IAlerts>().SilencesAsync(TimeProvider.System.GetUtcNow(), Cancellation)).ShouldHaveSingleItem();
        (await root.PostAsync("/alerts", ("token", root.Field("token")), ("do", "end-silence"), ("which", silence.Id))).ShouldBe(HttpStatusCode.SeeOther);
        (await served.Get<IAlerts>().SilencesAsync(TimeProvider.System.GetUtcNow(), Cancellation)).ShouldBeEmpty();
    }

    private static Task FireAsync(ServedPeople served, string subject) => served.Get<IAlerts>().KeepAsync(
        new(
            [
                new()
                {
                    Id = "alr_1",
                    Rule = "provider-outage",
                    Subject = subject,
                    Severity = AlertSeverity.Page,
                    BeganAt = TimeProvider.System.GetUtcNow(),
                    SeenAt = TimeProvider.System.GetUtcNow(),
                    Says = $"Provider {subject} failed.",
                },
            ], [], []),
        [], Cancellation);
}
