using System.Net;
using System.Text;
using Paddock.EndToEnd.Tests.Approvals;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>Forms that are none: refused, and no fault of the server's.</summary>
public sealed class BrokenFormTests : IAsyncLifetime
{
    private static readonly (string Type, string Body)[] broken =
    [
        ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\ncut off"),
        ("multipart/form-data", "no boundary"),
        ("application/x-www-form-urlencoded; charset=utf-7", "grant_type=+AGE-"),
        ("application/x-www-form-urlencoded; charset=none-such", "a=b"),
        ("application/json", "{}"),
        ("application/x-www-form-urlencoded", "%FF%FE=%00&&&=;=%"),
    ];

    private ServedPeople served = null!; // before each test

    public async ValueTask InitializeAsync() => served = await ServedPeople.StartAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task It_is_refused_at_every_door()
    {
        foreach (var (type, body) in broken)
        {
            await ShouldBeRefusedAsync(type, body);
        }

        using var after = new Browser(served.Url);
        (await after.GetAsync("/sign-in")).ShouldBe(HttpStatusCode.OK);
    }

    private async Task ShouldBeRefusedAsync(string type, string body)
    {
        foreach (var path in (string[])["/sign-in", "/sign-in/password", "/oauth/device_authorization", "/oauth/token", "/oauth/revoke", "/roo/clerk/v1/client/sign_ins", "/roo/clerk/v1/client/sessions/ses_1/tokens", "/theme"])
        {
            using var browser = new Browser(served.Url);
            using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", type);

            var status = await browser.SendAsync(new(HttpMethod.Post, path) { Content = content });

            ((int)status).ShouldBeInRange(200, 499, path); // a device may begin without a name, and another theme than ours is none
            browser.Body.ShouldNotContain("   at ");
        }
    }
}
