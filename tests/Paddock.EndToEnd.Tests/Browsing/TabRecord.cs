using System.Text.Json;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>What a tab told: where it is, where it was sent, what went wrong.</summary>
/// <param name="frame">The page's own frame.</param>
internal sealed class TabRecord(string frame)
{
    private readonly Lock gate = new();
    private readonly List<string> elsewhere = [];
    private readonly List<string> problems = [];
    private readonly List<(string Prefix, TaskCompletionSource<string> Asked)> wanted = [];
    private TaskCompletionSource arrival = new();
    private string origin = "";
    private string asked = "";
    private bool loading;
    private bool goesOn;

    public string Url { get; private set; } = "about:blank";

    public int Status { get; private set; }

    public IReadOnlyList<string> Elsewhere => Copy(elsewhere);

    public IReadOnlyList<string> Problems => Copy(problems);

    /// <summary>To be called before what makes the tab load something.</summary>
    /// <param name="home">Everything of another origin is elsewhere from now on.</param>
    /// <returns>Completes when the next load has come to an end, good or bad.</returns>
    public Task Expect(Uri? home = null)
    {
        lock (gate)
        {
            origin = home is null ? origin : OriginOf(home.AbsoluteUri);
            (arrival, loading) = (new(TaskCreationOptions.RunContinuationsAsynchronously), false);
            return arrival.Task;
        }
    }

    public Task<string> ElsewhereAsync(string prefix)
    {
        lock (gate)
        {
            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (elsewhere.Find(url => url.StartsWith(prefix, StringComparison.Ordinal)) is { } url)
            {
                found.SetResult(url);
            }
            else
            {
                wanted.Add((prefix, found));
            }

            return found.Task;
        }
    }

    public void Take(string method, JsonElement told)
    {
        lock (gate)
        {
            switch (method)
            {
                case "Page.frameStartedLoading" when IsPage(told):
                    loading = true;
                    break;
                case "Page.frameStoppedLoading" when IsPage(told) && loading && goesOn:
                    loading = false; // the page leads on to another of ours by itself
                    break;
                case "Page.frameStoppedLoading" when IsPage(told) && loading:
                    arrival.TrySetResult();
                    break;
                case "Page.frameNavigated" when told.GetProperty("frame") is var page && Text(page, "id") == frame:
                    Url = Text(page, "url");
                    break;
                case "Page.navigatedWithinDocument" when IsPage(told):
                    Url = Text(told, "url");
                    break;
                case "Network.requestWillBeSent" when IsPage(told) && Text(told, "type") == "Document":
                    Ask(Text(told.GetProperty("request"), "url"));
                    break;
                case "Network.responseReceived" when IsPage(told) && Text(told, "type") == "Document":
                    Status = told.GetProperty("response").GetProperty("status").GetInt32();
                    goesOn = Text(told.GetProperty("response").GetProperty("headers"), "Refresh").StartsWith("0; url=/", StringComparison.Ordinal);
                    break;
                case "Network.loadingFailed" when Text(told, "type") == "Document" && OriginOf(asked) == origin:
                    problems.Add($"{asked}: {Text(told, "errorText")}");
                    break;
                default:
                    TakeComplaint(method, told);
                    break;
            }
        }
    }

    private void Ask(string url)
    {
        asked = url;
        if (OriginOf(url) != origin)
        {
            elsewhere.Add(url);
            foreach (var want in wanted.Where(want => url.StartsWith(want.Prefix, StringComparison.Ordinal)))
            {
                want.Asked.TrySetResult(url);
            }
        }
    }

    private void TakeComplaint(string method, JsonElement told)
    {
        switch (method)
        {
            case "Audits.issueAdded" when told.GetProperty("issue").GetProperty("details").TryGetProperty("contentSecurityPolicyIssueDetails", out var refused):
                problems.Add($"content security policy: {refused}");
                break;
            // What a policy refused is told above; that a page came with a status such as 401 is no error.
            case "Log.entryAdded" when told.GetProperty("entry") is var entry && Text(entry, "level") == "error" && Text(entry, "source") != "security" && Text(entry, "url") != asked:
                problems.Add($"{Text(entry, "source")}: {Text(entry, "text")} {Text(entry, "url")}");
                break;
            case "Runtime.consoleAPICalled" when Text(told, "type") is "error" or "assert":
                problems.Add($"console: {told.GetProperty("args")}");
                break;
            case "Runtime.exceptionThrown":
                problems.Add($"script: {told.GetProperty("exceptionDetails")}");
                break;
        }
    }

    private string[] Copy(List<string> list)
    {
        lock (gate)
        {
            return [.. list];
        }
    }

    private bool IsPage(JsonElement told) => Text(told, "frameId") == frame;

    private static string OriginOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : url;

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
}
