using System.Net;
using System.Text.Json;
using Paddock.Agents.Tests.RooCode.Settings;
using Paddock.Core.Identity;

namespace Paddock.Agents.Tests.RooCode.SignIn;

/// <summary>The ticket that the browser took to the editor, and what the editor then asks about its user.</summary>
public sealed class ClerkSignInTests
{
    [Fact]
    public async Task A_ticket_is_changed_once_for_a_session_whose_secret_stands_in_a_header()
    {
        await using var cloud = await SignInCloud.StartAsync();
        var ticket = (await cloud.TicketAsync()).Code.Reveal();

        var answer = await cloud.AskAsync(SignInCloud.SignIns, secret: null, ("strategy", "ticket"), ("ticket", ticket));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Body.ShouldBe(ClerkSchemas.SignIn);
        KeyToken.IsSessionSecret(answer.ClientToken).ShouldBeTrue("without a scheme: the client puts its own before it");
        answer.Body.ShouldNotContain(answer.ClientToken ?? "");
        ShouldBeRefused(await cloud.AskAsync(SignInCloud.SignIns, secret: null, ("strategy", "ticket"), ("ticket", ticket)), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_is_no_ticket_or_none_any_more_gives_no_session()
    {
        await using var cloud = await SignInCloud.StartAsync();
        var (old, disabled) = ((await cloud.TicketAsync()).Code.Reveal(), (await cloud.TicketAsync("bob")).Code.Reveal());
        await cloud.DisableAsync("bob");
        ShouldBeRefused(await cloud.AskAsync(SignInCloud.SignIns, secret: null, ("strategy", "ticket"), ("ticket", disabled)), HttpStatusCode.Unauthorized);
        cloud.Time.Advance(TimeSpan.FromSeconds(60));

        ShouldBeRefused(await cloud.AskAsync(SignInCloud.SignIns, secret: null, ("strategy", "ticket"), ("ticket", old)), HttpStatusCode.Unauthorized);
        ShouldBeRefused(await cloud.AskAsync(SignInCloud.SignIns, secret: null, ("strategy", "ticket")), HttpStatusCode.Unauthorized);
        ShouldBeRefused(await cloud.AskAsync(SignInCloud.SignIns, secret: null, ("strategy", "ticket"), ("ticket", "ps_00000000_000000000000000000000000000000000000000")), HttpStatusCode.Unauthorized);
        ShouldBeRefused(await cloud.AskAsync(SignInCloud.SignIns, secret: null, ("strategy", "password"), ("ticket", (await cloud.TicketAsync()).Code.Reveal())), HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("ada@company.example", true)]
    [InlineData("ada", false)]
    public async Task The_extension_is_told_who_its_user_is(string name, bool hasEmail)
    {
        await using var cloud = await SignInCloud.StartAsync();
        var session = await cloud.SessionAsync(name);

        var answer = await cloud.GetAsync(SignInCloud.Me, session.Secret);

        (answer.Status, answer.Type).ShouldBe((HttpStatusCode.OK, "application/json"));
        answer.Body.ShouldBe(ClerkSchemas.Me);
        var me = JsonElement.Parse(answer.Body).GetProperty("response");
        me.GetProperty("first_name").GetString().ShouldBe(name);
        me.GetProperty("id").GetString().ShouldBe(SignInCloud.Claims(await cloud.JwtAsync(session)).GetProperty("r").GetProperty("u").GetString());
        (me.TryGetProperty("email_addresses", out var addresses), me.TryGetProperty("primary_email_address_id", out var primary)).ShouldBe((hasEmail, hasEmail));
        if (hasEmail)
        {
            var address = addresses.EnumerateArray().ShouldHaveSingleItem();
            (address.GetProperty("id").GetString(), address.GetProperty("email_address").GetString()).ShouldBe((primary.GetString(), name));
        }
    }

    [Fact]
    public async Task It_is_told_the_one_organization_by_the_id_that_stands_in_callback_and_token()
    {
        await using var cloud = await SignInCloud.StartAsync();
        var ticket = await cloud.TicketAsync();
        var session = await cloud.RedeemAsync(ticket.Code.Reveal());

        var answer = await cloud.GetAsync(SignInCloud.Me + "/organization_memberships", session.Secret);

        (answer.Status, answer.Type).ShouldBe((HttpStatusCode.OK, "application/json"));
        answer.Body.ShouldBe(ClerkSchemas.Memberships);
        var organization = JsonElement.Parse(answer.Body).GetProperty("response").EnumerateArray().ShouldHaveSingleItem().GetProperty("organization");
        (organization.GetProperty("id").GetString(), organization.GetProperty("name").GetString()).ShouldBe((cloud.Organization.Id, "The company"));
        ticket.Organization.ShouldBe(cloud.Organization.Id);
        SignInCloud.Claims(await cloud.JwtAsync(session, cloud.Organization.Id ?? "")).GetProperty("r").GetProperty("o").GetString().ShouldBe(cloud.Organization.Id);
    }

    [Fact]
    public async Task In_an_installations_first_moments_there_is_the_personal_account_alone()
    {
        await using var cloud = await SignInCloud.StartAsync();
        var before = cloud.Organization.Id ?? "";
        cloud.Organization.Id = null;
        var ticket = await cloud.TicketAsync();
        var session = await cloud.RedeemAsync(ticket.Code.Reveal());

        ticket.Organization.ShouldBeNull();
        var answer = await cloud.GetAsync(SignInCloud.Me + "/organization_memberships", session.Secret);
        answer.Body.ShouldBe(ClerkSchemas.Memberships);
        answer.Body.ShouldBe("""{"response":[]}""");
        await cloud.JwtAsync(session);
        ShouldBeRefused(await cloud.TokensAsync(session.Id, session.Secret, before), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Nobody_else_is_told_anything()
    {
        await using var cloud = await SignInCloud.StartAsync();
        var (ended, living) = (await cloud.SessionAsync(), await cloud.SessionAsync());
        await cloud.EndAsync(ended.Id);

        foreach (var bearer in new[] { null, "", "nonsense", ended.Secret, await cloud.JwtAsync(living), await cloud.CliAsync(), (await cloud.SessionOfAsync(SessionClient.Device)).Secret, (await cloud.KeyAsync(new() { Name = "laptop", User = "ada" })).Token })
        {
            ShouldBeRefused(await cloud.GetAsync(SignInCloud.Me, bearer), HttpStatusCode.Unauthorized);
            ShouldBeRefused(await cloud.GetAsync(SignInCloud.Me + "/organization_memberships", bearer), HttpStatusCode.Unauthorized);
        }
    }

    private static void ShouldBeRefused(SignInCloud.Answer answer, HttpStatusCode status)
    {
        (answer.Status, answer.Type, answer.ClientToken).ShouldBe((status, "application/json", null), answer.Body);
        answer.Body.ShouldBe(ClerkSchemas.Errors);
    }
}
