using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Paddock.EndToEnd.Tests.Agents;
using Paddock.EndToEnd.Tests.Hosting;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>A machine signs in at a server that is none of ours: nothing that it says goes on to the keychain, to agents or raw to the terminal.</summary>
public class StrangeServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ps_no\n--delete-all")]
    [InlineData("-w")]
    [InlineData(null)]
    public async Task What_is_no_session_is_kept_nowhere(string? secret)
    {
        using var home = new AgentHome();
        await using var server = await StartAsync(secret, "https://paddock.example/device");

        await using var login = PaddockProcess.Run(["login", "--server", server.Urls.First()], new Dictionary<string, string> { ["HOME"] = home.Home });

        (await login.WaitAsync(Cancellation)).ShouldBe(1, login.Said);
        login.Said.ShouldContain("The server gave no session.");
        login.Said.ShouldNotContain("\u001b");
        Directory.EnumerateFiles(home.Home, "login.json", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_is_none_is_not_shown_as_one()
    {
        using var home = new AgentHome();
        await using var server = await StartAsync(null, "javascript:alert(1)");

        await using var login = PaddockProcess.Run(["login", "--server", server.Urls.First()], new Dictionary<string, string> { ["HOME"] = home.Home });

        (await login.WaitAsync(Cancellation)).ShouldBe(1, login.Said);
        login.Said.ShouldContain("names no page to open");
    }

    private static async Task<WebApplication> StartAsync(string? secret, string page)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/oauth/device_authorization", () => Results.Json(new { device_code = "d", user_code = "\u001b[2JABCD", verification_uri = page, expires_in = 600, interval = 1 }));
        app.MapPost("/oauth/token", () => Results.Json(new { access_token = "a", token_type = "Bearer", expires_in = 60, refresh_token = secret }));
        await app.StartAsync(Cancellation);
        return app;
    }
}
