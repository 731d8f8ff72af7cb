using System.Net;
using System.Text.Json;
using Paddock.Agents.RooCode.SignIn;
using Paddock.Agents.Tests.RooCode.Settings;
using Paddock.Core.Identity;

namespace Paddock.Agents.Tests.RooCode.SignIn;

/// <summary>The command line asks whose token it has, and says that it is not valid at anything but a user.</summary>
public sealed class RooAccountTests
{
    private const string Batched = RooAccount.Path + "?batch=1&input=%7B%220%22%3A%7B%22json%22%3Anull%7D%7D";

    [Theory]
    [InlineData("ada@company.example", "ada@company.example")]
    [InlineData("ada", "")]
    public async Task It_is_told_who_signed_in_batched_and_alone(string name, string email)
    {
        await using var cloud = await SignInCloud.StartAsync();
        var token = await cloud.CliAsync(name);

        var (batched, alone) = (await cloud.GetAsync(Batched, token), await cloud.GetAsync(RooAccount.Path, token));

        (batched.Status, batched.Type, alone.Status, alone.Type).ShouldBe((HttpStatusCode.OK, "application/json", HttpStatusCode.OK, "application/json"));
        batched.Body.ShouldBe(ClerkSchemas.Account);
        alone.Body.ShouldBe(ClerkSchemas.AccountAlone);
        batched.Body.ShouldBe($"[{alone.Body}]");
        var user = JsonElement.Parse(alone.Body).GetProperty("result").GetProperty("data").GetProperty("json").GetProperty("user");
        (user.GetProperty("name").GetString(), user.GetProperty("email").GetString()).ShouldBe((name, email));
        user.GetProperty("id").GetString().ShouldBe(SignInCloud.Claims(token).GetProperty("r").GetProperty("u").GetString());
    }

    [Fact]
    public async Task So_is_whoever_has_another_token_or_key_for_models()
    {
        await using var cloud = await SignInCloud.StartAsync();

        foreach (var token in new[] { (await cloud.KeyAsync(new() { Name = "laptop", User = "ada" })).Token, await cloud.JwtAsync(await cloud.SessionAsync()), await cloud.TokenOfAsync(SessionClient.Device) })
        {
            (await cloud.GetAsync(Batched, token)).Body.ShouldBe(ClerkSchemas.Account);
        }
    }

    [Fact]
    public async Task Any_other_token_is_nobodys()
    {
        await using var cloud = await SignInCloud.StartAsync();
        var secret = (await cloud.SessionAsync()).Secret;
        var (expired, disabled, revoked) = (await cloud.KeyAsync(new() { Name = "short", User = "ada", ExpiresInSeconds = 60 }), await cloud.CliAsync("bob"), await cloud.KeyAsync(new() { Name = "lost", User = "ada" }));
        var operators = await cloud.KeyAsync(new() { Name = "operator", User = "ada", Models = false, Control = ["viewer"] });
        await cloud.DisableAsync("bob");
        await cloud.RevokeAsync(revoked.Key.Id);
        cloud.Time.Advance(TimeSpan.FromSeconds(60));
        var tokens = new[] { null, "", "nonsense", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1In0.", secret, expired.Token, disabled, revoked.Token, operators.Token, await cloud.TokenOfAsync(SessionClient.Console) };

        foreach (var token in tokens)
        {
            await ShouldBeNobodysAsync(cloud, token);
        }
    }

    [Fact]
    public async Task Nor_is_the_command_lines_own_good_after_its_seven_days()
    {
        await using var cloud = await SignInCloud.StartAsync();
        var token = await cloud.CliAsync();

        cloud.Time.AdjustTime(cloud.Time.GetUtcNow().AddDays(7).AddSeconds(-1)); // without its timers, of which there are a million
        (await cloud.GetAsync(Batched, token)).Body.ShouldBe(ClerkSchemas.Account);
        cloud.Time.AdjustTime(cloud.Time.GetUtcNow().AddSeconds(1));

        await ShouldBeNobodysAsync(cloud, token);
    }

    private static async Task ShouldBeNobodysAsync(SignInCloud cloud, string? token)
    {
        var (batched, alone) = (await cloud.GetAsync(Batched, token), await cloud.GetAsync(RooAccount.Path, token));
        (batched.Status, alone.Status).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), token);
        batched.Body.ShouldBe(ClerkSchemas.Nobody);
        alone.Body.ShouldBe(ClerkSchemas.NobodyAlone);
    }
}
