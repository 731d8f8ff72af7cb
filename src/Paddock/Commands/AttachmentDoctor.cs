using System.Net;
using System.Text.Json;
using Paddock.Agents.RooCode.Attachments;
using Paddock.Notifications;

namespace Paddock.Commands;

/// <summary>One thing that was looked at.</summary>
/// <param name="Remedy">What to do; null when nothing is wrong.</param>
internal sealed record AttachmentFinding(string What, string State, string? Remedy = null)
{
    public bool IsWrong => Remedy is not null;
}

/// <summary>Looks at what an agent would find that is started from here: its variables, the server behind them, and whether the two understand each other.</summary>
internal static class AttachmentDoctor
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10), drift = TimeSpan.FromMinutes(1);

    public static async Task<IReadOnlyList<AttachmentFinding>> LookAsync(AttachTarget target, Func<string, string?> variable, TimeProvider time, CancellationToken cancellationToken)
    {
        var findings = RooAttachment.Variables(target).Select(one => Variable(one.Name, one.Value, variable(one.Name))).ToList();
        findings.Add(Proxy(target, variable));
        if (target.CaFile is { } ca && !File.Exists(ca))
        {
            findings.Add(new("certificates", $"{ca} is not there", "Put the company's certificates there."));
            return findings;
        }

        using var http = GuardedSocket.Client(patience, target.CaFile);
        findings.AddRange(await ServerAsync(http, target.Server, time, cancellationToken));
        return findings;
    }

    private static AttachmentFinding Variable(string name, string wanted, string? found) => found switch
    {
        null => new(name, "not set", $"Set it to {wanted}: paddock agents env, then sign out of the desktop and in again."),
        _ when found == wanted => new(name, "ok"),
        _ => new(name, $"is {found}", $"It should be {wanted}."),
    };

    /// <summary>Node's fetch, by which the extension calls, takes no notice of proxy variables; what else it uses does.</summary>
    private static AttachmentFinding Proxy(AttachTarget target, Func<string, string?> variable)
    {
        var (proxy, host) = (variable("HTTPS_PROXY") ?? variable("https_proxy") ?? variable("HTTP_PROXY") ?? variable("http_proxy"), new Uri(target.Server).Host);
        var except = (variable("NO_PROXY") ?? variable("no_proxy") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return proxy is null or "" ? new("proxy", "none")
            : Array.Exists(except, name => name == "*" || string.Equals(host, name, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + name.TrimStart('.'), StringComparison.OrdinalIgnoreCase)) ? new("proxy", "not for this server")
            : new("proxy", "is set, and would be asked for this server", $"Add {host} to NO_PROXY.");
    }

    private static async Task<List<AttachmentFinding>> ServerAsync(HttpClient http, string server, TimeProvider time, CancellationToken cancellationToken)
    {
        var findings = new List<AttachmentFinding>();
        try
        {
            using var models = await http.GetAsync($"{server}/roo/proxy/v1/models", cancellationToken);
            findings.Add(await IsAsync(models, HttpStatusCode.OK, static json => json.GetProperty("object").GetString() == "list", cancellationToken)
                ? new("server", "ok")
                : new("server", $"answers {(int)models.StatusCode}, but not as Paddock does", "Is this the agents' address of a Paddock?"));
            findings.Add(Clock(models.Headers.Date, time.GetUtcNow()));
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("strategy", "ticket"), KeyValuePair.Create("ticket", "none")]);
            using var clerk = await http.PostAsync($"{server}/roo/clerk/v1/client/sign_ins", form, cancellationToken);
            findings.Add(await IsAsync(clerk, HttpStatusCode.Unauthorized, static json => json.GetProperty("errors").GetArrayLength() == 1, cancellationToken)
                ? new("sign-in", "ok")
                : new("sign-in", $"answers {(int)clerk.StatusCode}", "Something between here and Paddock changes the answer."));
            using var settings = await http.GetAsync($"{server}/roo/api/extension-settings", cancellationToken);
            findings.Add(settings.StatusCode is HttpStatusCode.Unauthorized
                ? new("settings", "ok, for those who are signed in")
                : new("settings", $"answers {(int)settings.StatusCode} to nobody", "Something between here and Paddock changes the answer."));
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            findings.Add(new("server", $"cannot be reached: {fault.InnerException?.Message ?? fault.Message}", fault.InnerException is System.Security.Authentication.AuthenticationException ? "Give the company's certificates with --ca." : "Is the address right, and the way there open?"));
        }

        return findings;
    }

    /// <summary>Tokens have times.</summary>
    private static AttachmentFinding Clock(DateTimeOffset? theirs, DateTimeOffset ours) =>
        theirs is not { } date || (date - ours).Duration() < drift ? new("clock", "ok") : new("clock", $"is {(date - ours).Duration().TotalSeconds:0} s off the server's", "Set this machine's clock.");

    private static async Task<bool> IsAsync(HttpResponseMessage answer, HttpStatusCode status, Func<JsonElement, bool> has, CancellationToken cancellationToken)
    {
        try
        {
            return answer.StatusCode == status && has(JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken)));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }
}
