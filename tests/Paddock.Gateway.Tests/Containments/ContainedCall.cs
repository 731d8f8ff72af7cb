using System.Net;
using System.Text;
using Paddock.Core.Containments;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Containments;

/// <summary>A call of agent codex in its task ses-1 for model m, and the selectors that name it.</summary>
internal static class ContainedCall
{
    public const string Task = "ses-1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string PathOf(Wire wire) => wire switch
    {
        Wire.OpenAiChat => "/v1/chat/completions",
        Wire.OpenAiResponses => "/v1/responses",
        _ => "/v1/messages",
    };

    /// <summary>Every selector there is for a call, by its name.</summary>
    public static ContainmentSelector SelectorOf(GatewayUnderTest gateway, string name) => name switch
    {
        "user" => new() { User = gateway.Caller.Principal.Id },
        "key" => new() { Key = gateway.Caller.Key.Id },
        "agent" => new() { Agent = "codex" },
        "task" => new() { Task = TaskKey.Compute(gateway.Caller.Principal.Id.Value, "codex", Task) },
        "own task" => new() { Task = Task },
        "model" => new() { Model = "m" },
        "models" => new() { Model = "m*" },
        "upstream model" => new() { Model = "m-upstream" },
        _ => new() { Provider = "main" },
    };

    /// <summary>The events of an answer up to its first text.</summary>
    public static IReadOnlyList<string> Begun(Wire wire)
    {
        var events = ToolStreams.Write(wire, [], "some text").Select(one => one.Write("\n")).ToList();
        return events[..(events.FindIndex(one => one.Contains("some text", StringComparison.Ordinal)) + 1)];
    }

    public static void AnswerAndHang(this ScriptedUpstream upstream, Wire wire) => upstream.Scripts.Enqueue(Answers.Stream(Begun(wire).Select(Encoding.UTF8.GetBytes), AfterScript.Hang));

    /// <summary>Sends it; the answer's head is there.</summary>
    public static Task<HttpResponseMessage> SendAsync(HttpClient http, Wire wire = Wire.OpenAiChat, bool stream = true)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, PathOf(wire))
        {
            Content = new StringContent($$"""{"model":"m","stream":{{(stream ? "true" : "false")}},"max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Paddock-Agent", "codex");
        request.Headers.Add("X-Paddock-Task", Task);
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    public static Task<string> ReadAsync(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancellation);

    public static async Task ShouldBeRefusedAsync(this HttpResponseMessage answer, Containment containment)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        answer.Headers.GetValues("x-should-retry").ShouldBe(["false"]);
        var body = await answer.ReadAsync();
        body.ShouldContain(containment.Id.Value);
        body.ShouldContain(containment.Reason);
    }
}
