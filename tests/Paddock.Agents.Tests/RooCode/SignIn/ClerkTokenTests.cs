using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Paddock.Agents.RooCode.SignIn;
using Paddock.Agents.Tests.RooCode.Settings;
using Paddock.Core.Identity;

namespace Paddock.Agents.Tests.RooCode.SignIn;

/// <summary>Roo Code asks for a token each 50 s. At 401 and 404 it forgets its sign-in, so those are for a session that has really ended; after all else it asks again.</summary>
public sealed class ClerkTokenTests
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly (string Type, string Body)[] broken =
    [
        ("application/json", """{"_is_native":1}"""),
        ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"_is_native\"\r\n\r\n1\r\n--x--"),
        ("", "_is_native=1"),
        (Form + "; charset=utf-7", "_is_native=1"),
        (Form, "_is_native=" + new string('1', ClerkEndpoints.MostBytes)),
    ];

    [Fact]
    public async Task A_session_has_a_token_for_the_company_one_for_its_own_account_and_none_for_another_company()
    {
        await using var cloud = await SignInCloud.StartAsync();
        var (session, organization) = (await cloud.SessionAsync(), cloud.Organization.Id ?? "");

        SignInCloud.Claims(await cloud.JwtAsync(session, organization)).GetProperty("r").GetProperty("o").GetString().ShouldBe(organization);
        SignInCloud.Claims(await cloud.JwtAsync(session, "")).GetProperty("r").TryGetProperty("o", out _).ShouldBeFalse();
        var old = await cloud.AskAsync(SignInCloud.Sessions + session.Id + "/tokens", session.Secret, ("_is_native", "1")); // credentials from before there were companies
        SignInCloud.Claims(JsonElement.Parse(old.Body).GetProperty("jwt").GetString() ?? "").GetProperty("r").TryGetProperty("o", out _).ShouldBeFalse();
        ShouldBeRefused(await cloud.TokensAsync(session.Id, session.Secret, "org_elsewhere"), HttpStatusCode.Forbidden);
        await cloud.EndAsync(session.Id);
        ShouldBeRefused(await cloud.TokensAsync(session.Id, session.Secret, "org_elsewhere"), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task It_lives_until_its_seven_days_are_over_and_no_token_outlives_it()
    {
        await using var cloud = await SignInCloud.StartAsync();
        var session = await cloud.SessionAsync();
        var end = cloud.Time.GetUtcNow().AddDays(7);

        cloud.Time.AdjustTime(end.AddSeconds(-1)); // without its timers, of which there are a million
        SignInCloud.Claims(await cloud.JwtAsync(session)).GetProperty("exp").GetInt64().ShouldBe(end.ToUnixTimeSeconds());
        cloud.Time.AdjustTime(end);

        ShouldBeRefused(await cloud.TokensAsync(session.Id, session.Secret), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_out_an_administrator_and_a_person_that_is_disabled_end_it()
    {
        await using var cloud = await SignInCloud.StartAsync();
        var (left, ended, disabled) = (await cloud.SessionAsync(), await cloud.SessionAsync(), await cloud.SessionAsync("bob"));

        (await cloud.AskAsync(SignInCloud.Sessions + left.Id + "/remove", left.Secret, ("_is_native", "1"))).Status.ShouldBe(HttpStatusCode.OK);
        await cloud.EndAsync(ended.Id);
        await cloud.DisableAsync("bob");
        await cloud.DisableAsync("bob", disabled: false);

        foreach (var session in new[] { left, ended, disabled })
        {
            ShouldBeRefused(await cloud.TokensAsync(session.Id, session.Secret), HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Only_the_secret_of_an_extensions_own_session_gives_a_token()
    {
        await using var cloud = await SignInCloud.StartAsync();
        var (own, other) = (await cloud.SessionAsync(), await cloud.SessionAsync("bob"));

        foreach (var secret in new[] { null, "", "ps_nonsense", other.Secret, KeyToken.CreateSessionSecret(RandomNumberGenerator.GetBytes(40)).Reveal(), await cloud.JwtAsync(own), (await cloud.KeyAsync(new() { Name = "laptop", User = "ada" })).Token })
        {
            ShouldBeRefused(await cloud.TokensAsync(own.Id, secret), HttpStatusCode.Unauthorized);
            ShouldBeRefused(await cloud.AskAsync(SignInCloud.Sessions + own.Id + "/remove", secret, ("_is_native", "1")), HttpStatusCode.Unauthorized);
        }

        foreach (var client in new[] { SessionClient.Console, SessionClient.Device, SessionClient.Cli })
        {
            var session = await cloud.SessionOfAsync(client);
            ShouldBeRefused(await cloud.TokensAsync(session.Id, session.Secret), HttpStatusCode.Unauthorized);
        }

        await cloud.JwtAsync(own);
        await cloud.JwtAsync(other);
    }

    [Fact]
    public async Task A_form_that_is_none_ends_nothing()
    {
        await using var cloud = await SignInCloud.StartAsync();
        var session = await cloud.SessionAsync();

        foreach (var (type, body) in broken)
        {
            ShouldBeRefused(await cloud.PostAsync(SignInCloud.Sessions + session.Id + "/tokens", session.Secret, type, body), HttpStatusCode.BadRequest);
            ShouldBeRefused(await cloud.PostAsync(SignInCloud.SignIns, secret: null, type, body), HttpStatusCode.BadRequest);
        }

        await cloud.JwtAsync(session);
    }

    [Fact]
    public async Task While_the_store_is_away_who_is_known_has_tokens_and_nobody_is_said_to_have_ended()
    {
        await using var cloud = await SignInCloud.StartAsync();
        var (ticket, known) = (await cloud.TicketAsync(), await cloud.SessionAsync());
        var organization = cloud.Organization.Id ?? "";
        var unknown = KeyToken.CreateSessionSecret(RandomNumberGenerator.GetBytes(40)).Reveal();

        cloud.Trouble.Fault = new IOException("the database is away");

        await cloud.JwtAsync(known, organization);
        (await cloud.GetAsync(SignInCloud.Me + "/organization_memberships", known.Secret)).Status.ShouldBe(HttpStatusCode.OK);
        ShouldBeRefused(await cloud.TokensAsync(known.Id, unknown), HttpStatusCode.ServiceUnavailable);
        ShouldBeRefused(await cloud.AskAsync(SignInCloud.Sessions + known.Id + "/remove", unknown, ("_is_native", "1")), HttpStatusCode.ServiceUnavailable);
        ShouldBeRefused(await cloud.GetAsync(SignInCloud.Me, unknown), HttpStatusCode.ServiceUnavailable);
        ShouldBeRefused(await cloud.GetAsync(SignInCloud.Me + "/organization_memberships", unknown), HttpStatusCode.ServiceUnavailable);
        ShouldBeRefused(await cloud.AskAsync(SignInCloud.SignIns, secret: null, ("strategy", "ticket"), ("ticket", ticket.Code.Reveal())), HttpStatusCode.ServiceUnavailable);

        cloud.Trouble.Fault = null;
        ShouldBeRefused(await cloud.TokensAsync(known.Id, unknown), HttpStatusCode.Unauthorized);
        await cloud.JwtAsync(await cloud.RedeemAsync(ticket.Code.Reveal()), organization);
    }

    [Fact]
    public async Task A_store_that_never_answers_is_waited_for_less_long_than_the_client_waits()
    {
        await using var cloud = await SignInCloud.StartAsync();
        cloud.Trouble.Hangs = true;

        var asking = cloud.TokensAsync("ses_00000000000000000000000000000000", KeyToken.CreateSessionSecret(RandomNumberGenerator.GetBytes(40)).Reveal());
        await Task.WhenAny(asking, cloud.Trouble.Asked);
        cloud.Time.Advance(TimeSpan.FromSeconds(9)); // the client gives up after ten

        ShouldBeRefused(await asking, HttpStatusCode.ServiceUnavailable);
    }

    private static void ShouldBeRefused(SignInCloud.Answer answer, HttpStatusCode status)
    {
        (answer.Status, answer.Type, answer.ClientToken).ShouldBe((status, "application/json", null), answer.Body);
        answer.Body.ShouldBe(ClerkSchemas.Errors);
    }
}
