using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Paddock.EndToEnd.Tests.Notifications;

/// <summary>Takes webhooks as a chat or a program would, and answers as it is told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    public const string Secret = "a secret of the receiver";

    private readonly ConcurrentQueue<Post> posts = new();
    private WebApplication app = null!; // started before anybody sees it

    public string Url => app.Urls.First() + "/hook";

    public Post[] Posts => [.. posts];

    /// <summary>The status of each answer by its number from 1.</summary>
    public Func<int, int> Answer { get; set; } = _ => 200;

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        receiver.app = builder.Build();
        receiver.app.MapPost("/hook", receiver.TakeAsync);
        receiver.app.MapPost("/api/v2/alerts", receiver.TakeAsync); // as Alertmanager has it
        await receiver.app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        posts.Enqueue(new(body, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString())));
        http.Response.StatusCode = Answer(posts.Count);
        http.Response.Headers.Location = "/elsewhere";
    }

    /// <summary>One post.</summary>
    internal sealed record Post(string Body, Dictionary<string, string> Headers)
    {
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;

        public string Event => Json.GetProperty("event").GetString()!; // every post of ours has one

        /// <summary>Seconds since 1970, as it was signed.</summary>
        public long SentAt => long.Parse(Headers["webhook-timestamp"]);

        /// <summary>As docs/notifications.md tells receivers to check.</summary>
        public bool IsSigned(string secret)
        {
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{Headers["webhook-id"]}.{Headers["webhook-timestamp"]}.{Body}"));
            return Headers["webhook-signature"].Split(' ').Any(one => one.StartsWith("v1,", StringComparison.Ordinal) && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(one[3..]), expected));
        }
    }
}
