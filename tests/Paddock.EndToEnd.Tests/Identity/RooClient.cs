using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Paddock.EndToEnd.Tests.Approvals;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>What Roo Code and its user do to sign in.</summary>
internal static class RooClient
{
    public const string Redirect = "vscode://RooVeterinaryInc.roo-cline";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string State() => Guid.NewGuid().ToString("N");

    public static string Ask(string state) => $"/roo/extension/sign-in?state={state}&auth_redirect={Redirect}";

    /// <summary>Looks at the page and says yes.</summary>
    /// <returns>Where the browser is sent.</returns>
    public static async Task<string> YesAsync(Browser browser, string ask)
    {
        (await browser.GetAsync(ask)).ShouldBe(HttpStatusCode.OK);
        (await browser.PostAsync(ask, ("token", browser.Field("token")), ("answer", "yes"))).ShouldBe(HttpStatusCode.OK);
        return browser.Last.Headers.GetValues("Refresh").Single()["0; url=".Length..];
    }

    public static async Task<(string Session, string Token)> SessionAsync(ServedPeople served, HttpClient http)
    {
        using var browser = await served.SignedInAsync("ada");
        return await RedeemAsync(http, Query(await YesAsync(browser, Ask(State())))["code"]);
    }

    public static async Task<(string Session, string Token)> RedeemAsync(HttpClient http, string code)
    {
        using var answer = await http.PostAsync("/roo/clerk/v1/client/sign_ins", Form(("strategy", "ticket"), ("ticket", code)), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var session = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).GetProperty("response").GetProperty("created_session_id").GetString() ?? "";
        return (session, answer.Headers.GetValues("Authorization").Single());
    }

    public static async Task<JsonElement> SendAsync(HttpClient http, HttpMethod method, string path, string token, params (string, string)[] form)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new("Bearer", token) }, Content = form.Length > 0 ? Form(form) : null };
        using var answer = await http.SendAsync(request, Cancellation);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonElement.Parse(body);
    }

    public static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path, string token, params (string, string)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { Authorization = new("Bearer", token) }, Content = Form(form) };
        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    public static async Task<HttpStatusCode> ChatAsync(HttpClient http, string jwt, string path = "/roo/proxy/v1/chat/completions")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Headers = { Authorization = new("Bearer", jwt) },
            Content = new StringContent("""{"model":"gpt-5","messages":[{"role":"user","content":"hello"}]}""", new MediaTypeHeaderValue("application/json")),
        };
        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    public static JsonElement Claims(string jwt) => JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(jwt.Split('.')[1]));

    public static Dictionary<string, string> Query(string address) => address.Split('?')[1].Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    public static HttpClient Client(ServedPeople served) => Client(served.Url);

    /// <summary>With the header that the extension sends to Clerk.</summary>
    public static HttpClient Client(string url)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = new(url) };
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Roo-Code 3.52.1");
        return http;
    }
}
