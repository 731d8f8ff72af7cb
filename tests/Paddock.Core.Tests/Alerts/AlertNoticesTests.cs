using Paddock.Core.Alerts;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;
using Paddock.Testing;

namespace Paddock.Core.Tests.Alerts;

public class AlertNoticesTests
{
    private static readonly DateTimeOffset noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Those_of_one_rule_go_out_in_one_notification_that_names_each_with_its_key()
    {
        var told = Notices().Of(new([], [], [Of("alr_1", "openai"), Of("alr_2", "anthropic", AlertSeverity.Page)]), noon).ShouldHaveSingleItem();

        (told.Event, told.Severity, told.Link).ShouldBe(("alert.fired", AlertSeverity.Page, "https://paddock.example/alerts"));
        told.Text.ShouldBe("PAGE outage: it is so And 1 more: anthropic, openai.");
        told.Alerts.ShouldBe([new("alr_2", "outage", "anthropic", AlertSeverity.Page, noon, "it is so"), new("alr_1", "outage", "openai", AlertSeverity.Ticket, noon, "it is so")]);
    }

    [Fact]
    public void Who_silenced_it_and_why_is_told_and_its_end_too()
    {
        var notices = Notices(new AlertSilence { Id = "sil_1", Rule = "outage", Reason = "They @told us.", Owner = "usr_gone", CreatedAt = noon, ExpiresAt = noon.AddHours(1) });
        var alert = Of("alr_1", "openai") with { Silence = "sil_1", ToldAt = noon };

        notices.Of(new([], [], []) { Hushed = [alert] }, noon).ShouldHaveSingleItem().Text.ShouldBe("Silenced: outage openai, by usr_gone until 2026-11-27 13:00 UTC: They ＠told us.");
        notices.Of(new([], [alert], []), noon).ShouldHaveSingleItem().Event.ShouldBe("alert.resolved");
    }

    [Fact]
    public void One_that_is_about_everything_is_told_without_a_gap_where_its_subject_would_be()
    {
        var alert = Of("alr_1", "") with { ToldAt = noon };
        var over = Notices().Of(new([], [alert], []), noon).ShouldHaveSingleItem();

        over.Text.ShouldBe("Over: outage");
        Notices().Of(new([], [], []) { Hushed = [alert] }, noon).ShouldHaveSingleItem().Text.ShouldBe("Silenced: outage");
        MailText.Of(over).Body.ShouldContain("ticket outage\n");
    }

    [Fact]
    public void Of_what_nobody_was_told_nobody_hears_the_end() => Notices().Of(new([], [Of("alr_1", "openai")], []), noon).ShouldBeEmpty();

    private static AlertNotices Notices(params AlertSilence[] silences) => new(IdentityDirectory.Empty, silences, new("https://paddock.example/"));

    private static Alert Of(string id, string subject, AlertSeverity severity = AlertSeverity.Ticket) => new() { Id = id, Rule = "outage", Subject = subject, Severity = severity, BeganAt = noon, SeenAt = noon, Says = "it is so" };
}
