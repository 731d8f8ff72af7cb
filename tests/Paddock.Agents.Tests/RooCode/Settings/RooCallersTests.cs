using System.Net;
using System.Text.Json;
using Paddock.Core.Identity;

namespace Paddock.Agents.Tests.RooCode.Settings;

/// <summary>Who may call Roo Code's cloud. Each endpoint checks for itself, so each is asked.</summary>
public sealed class RooCallersTests
{
    public static TheoryData<string, string> Endpoints { get; } = new()
    {
        { "GET", "/roo/api/extension-settings" },
        { "PATCH", "/roo/api/user-settings" },
        { "POST", "/roo/api/extension/share" },
        { "POST", "/roo/api/events" },
        { "POST", "/roo/api/events/backfill" },
        { "GET", "/roo/api/extension/credit-balance" },
        { "GET", "/roo/api/extension/bridge/config" },
    };

    [Theory, MemberData(nameof(Endpoints))]
    public async Task Without_a_good_token_each_answers_401_in_json_in_both_ways_of_asking(string method, string path)
    {
        await using var cloud = await RooCloud.StartAsync();
        var (_, revoked) = cloud.Identities.AddKey(new() { Models = true });
        cloud.Identities.Revoke(revoked.Key.Id, cloud.Time.GetUtcNow());
        var over = cloud.Token(SessionClient.Extension);
        cloud.Time.Advance(TimeSpan.FromMinutes(16));

        foreach (var token in new[] { null, "", "unauthenticated", "pk_nonsense", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.x", over })
        {
            ShouldBeRefused(await cloud.FetchAsync(new(method), path, token), HttpStatusCode.Unauthorized);
            ShouldBeRefused(await cloud.CallAsync(new(method), path, token, "{}"), HttpStatusCode.Unauthorized);
        }
    }

    [Theory, MemberData(nameof(Endpoints))]
    public async Task A_token_for_something_else_is_told_so(string method, string path)
    {
        await using var cloud = await RooCloud.StartAsync();

        ShouldBeRefused(await cloud.CallAsync(new(method), path, cloud.Token(SessionClient.Cli)), HttpStatusCode.Forbidden);
        ShouldBeRefused(await cloud.CallAsync(new(method), path, cloud.Token(SessionClient.Console)), HttpStatusCode.Forbidden);
        ShouldBeRefused(await cloud.CallAsync(new(method), path, cloud.Identities.AddKey(new() { Tools = true, Control = ControlRoles.Admin }).Token), HttpStatusCode.Forbidden);
    }

    [Theory, MemberData(nameof(Endpoints))]
    public async Task Keys_for_models_and_sessions_of_extensions_and_machines_come_in(string method, string path)
    {
        await using var cloud = await RooCloud.StartAsync();

        foreach (var token in new[] { cloud.Key(), cloud.Token(SessionClient.Extension), cloud.Token(SessionClient.Device) })
        {
            (await cloud.CallAsync(new(method), path, token)).Status.ShouldNotBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        }

        cloud.Identities.Used.Count.ShouldBe(3);
    }

    private static void ShouldBeRefused(RooCloud.Answer answer, HttpStatusCode status)
    {
        (answer.Status, answer.Type).ShouldBe((status, "application/json"));
        using var json = JsonDocument.Parse(answer.Body);
        json.RootElement.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }
}
