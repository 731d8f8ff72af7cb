using Microsoft.Extensions.Logging.Abstractions;
using Paddock.Core.Alerts;
using Paddock.Core.Notifications;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Notifications;
using Paddock.Settings;

namespace Paddock.EndToEnd.Tests.Notifications;

/// <summary>Mail, against a server that keeps it.</summary>
public class EmailTests
{
    private static readonly Notification fired = new()
    {
        Event = "alert.fired",
        At = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero),
        Text = "PAGE provider-outage: 5 &lt; 6 für openai",
        Severity = AlertSeverity.Page,
        Link = "https://paddock.example/alerts",
        Alerts = [new("alr_1", "provider-outage", "openai", AlertSeverity.Page, new(2026, 11, 27, 11, 58, 0, TimeSpan.Zero), "Provider openai failed 20 of 80 calls.")],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mail_goes_out_over_tls_signed_in_and_says_what_it_is_about(bool fromTheBeginning)
    {
        await using var sink = new SmtpSink(fromTheBeginning);

        (await SendAsync(sink, fromTheBeginning ? MailSecurity.Tls : MailSecurity.StartTls)).ShouldBeOfType<DeliveryOutcome.Delivered>();

        var mail = sink.Mails.ShouldHaveSingleItem();
        (mail.Secured, mail.SignedIn).ShouldBe((true, "/paddock/canary-password"));
        mail.To.ShouldBe(["ada@example.org", "bob@example.org"]);
        var text = mail.Text.ToString();
        text.ShouldContain("From: Paddock <paddock@example.org>");
        text.ShouldContain("Message-Id: <evt_1@example.org>");
        text.ShouldContain("References: <alr_1@example.org>");
        text.ShouldContain("Auto-Submitted: auto-generated");
        text.ShouldContain("Paddock-Event: alert.fired");
        var message = await MimeKit.MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), Cancellation);
        message.Subject.ShouldBe("Paddock: PAGE provider-outage: 5 < 6 für openai");
        message.TextBody.ShouldNotBeNull().ReplaceLineEndings("\n").TrimEnd().ShouldBe("""
            PAGE provider-outage: 5 < 6 für openai

            page provider-outage openai
              since 2026-11-27 11:58 UTC: Provider openai failed 20 of 80 calls.

            https://paddock.example/alerts

            alert.fired, 2026-11-27 12:00:00 UTC
            """);
    }

    [Fact]
    public async Task A_server_that_offers_no_tls_gets_neither_the_password_nor_the_mail()
    {
        await using var sink = new SmtpSink { OffersTls = false };
        var asked = new List<string>();
        sink.Answer = line => { asked.Add(line.Split(' ')[0]); return null; };

        (await SendAsync(sink)).ShouldBeOfType<DeliveryOutcome.TryAgain>();

        sink.Mails.ShouldBeEmpty();
        asked.ShouldBe(["EHLO"]);
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_trusts_gets_nothing()
    {
        await using var sink = new SmtpSink();

        (await SendAsync(sink, trusted: false)).ShouldBeOfType<DeliveryOutcome.TryAgain>().Said.ShouldBe("SslHandshakeException");

        sink.Mails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("AUTH", "535 no", typeof(DeliveryOutcome.TryAgain))] // somebody may put the new password there in time
    [InlineData("MAIL", "451 later", typeof(DeliveryOutcome.TryAgain))]
    [InlineData("MAIL", "550 never", typeof(DeliveryOutcome.Refused))]
    [InlineData("RCPT", "550 unknown", typeof(DeliveryOutcome.Refused))]
    [InlineData("RCPT", "450 busy", typeof(DeliveryOutcome.TryAgain))]
    public async Task What_a_server_says_decides_whether_it_is_tried_again(string verb, string answer, Type outcome)
    {
        await using var sink = new SmtpSink();
        sink.Answer = line => line.StartsWith(verb, StringComparison.Ordinal) ? answer : null;

        (await SendAsync(sink)).ShouldBeOfType(outcome);

        sink.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_recipient_that_is_unknown_keeps_it_from_nobody_else()
    {
        await using var sink = new SmtpSink();
        sink.Answer = static line => line.StartsWith("RCPT TO:<ada", StringComparison.Ordinal) ? "550 unknown" : null;

        (await SendAsync(sink)).ShouldBeOfType<DeliveryOutcome.Delivered>();

        sink.Mails.ShouldHaveSingleItem().To.ShouldBe(["bob@example.org"]);
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_again()
    {
        var email = new Email(new("127.0.0.1", 1, MailSecurity.None, "paddock@example.org", ["ada@example.org"]), NullLogger<Email>.Instance);

        (await email.SendAsync(fired, "evt_1", Cancellation)).ShouldBeOfType<DeliveryOutcome.TryAgain>();
    }

    [Theory]
    [InlineData("PADDOCK_NOTIFICATIONS_EMAIL_SECURITY", "none", "this machine alone")]
    [InlineData("PADDOCK_NOTIFICATIONS_EMAIL_HOST", "smtp://mail.example", "name or address of a mail server")]
    [InlineData("PADDOCK_NOTIFICATIONS_EMAIL_HOST", "169.254.169.254", "name or address of a mail server")]
    [InlineData("PADDOCK_NOTIFICATIONS_EMAIL_FROM", "nobody", "Expected an address")]
    [InlineData("PADDOCK_NOTIFICATIONS_EMAIL_TO", "ada@example.org, @", "Expected 1 to 50 addresses")]
    [InlineData("PADDOCK_NOTIFICATIONS_EMAIL_USER", "paddock", "A sign-in takes both")]
    [InlineData("PADDOCK_NOTIFICATIONS_EMAIL_PORT", "70000", "whole number from 1 to 65535")]
    public async Task A_wrong_setting_ends_the_start_and_says_what_is_expected(string variable, string value, string says)
    {
        using var place = new Installation();
        var settings = new Dictionary<string, string>
        {
            ["PADDOCK_NOTIFICATIONS_EMAIL_HOST"] = "smtp.example.org",
            ["PADDOCK_NOTIFICATIONS_EMAIL_FROM"] = "paddock@example.org",
            ["PADDOCK_NOTIFICATIONS_EMAIL_TO"] = "ada@example.org",
            [variable] = value,
        };

        var refused = await place.RunAsync(["serve", "--urls", "http://127.0.0.1:0"], settings);

        refused.Code.ShouldBe(2);
        refused.Errors.ShouldContain(says);
    }

    private static Task<DeliveryOutcome> SendAsync(SmtpSink sink, MailSecurity security = MailSecurity.StartTls, bool trusted = true) =>
        new Email(
            new("localhost", sink.Port, security, "Paddock <paddock@example.org>", ["ada@example.org", "Bob <bob@example.org>"]) { User = "paddock", Password = new("canary-password"), CaFile = trusted ? sink.CaFile : null },
            NullLogger<Email>.Instance).SendAsync(fired, "evt_1", Cancellation);
}
