using System.Net;
using System.Text.RegularExpressions;

namespace Paddock.EndToEnd.Tests.Approvals;

/// <summary>What a browser without scripts does: keeps cookies, follows nothing by itself, sends forms with all their fields.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient http;

    public Browser(string url) => http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = new(url) };

    public CookieContainer Cookies { get; } = new();

    public HttpResponseMessage Last { get; private set; } = new();

    public string Body { get; private set; } = "";

    /// <summary>Where the last answer sends on to.</summary>
    public string? Location => Last.Headers.Location?.OriginalString;

    /// <summary>The value of a hidden field of the last page.</summary>
    public string Field(string name) => HiddenField().Matches(Body).First(match => match.Groups["name"].Value == name).Groups["value"].Value;

    public Task<HttpStatusCode> GetAsync(string path) => SendAsync(new(HttpMethod.Get, path));

    public Task<HttpStatusCode> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) });

    public Task<HttpStatusCode> SignInAsync(string key, string? next = null) =>
        PostAsync("/sign-in", ("key", key), ("next", next ?? "/approvals"));

    public async Task<HttpStatusCode> SendAsync(HttpRequestMessage request)
    {
        Last = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Body = await Last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return Last.StatusCode;
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\" ?/?>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HiddenField();
}
