using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Paddock.Alerts;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Control.Releases;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;
using Paddock.Hosting;
using Paddock.Settings;
using Paddock.Simulator;

namespace Paddock.Drills;

/// <summary>
/// An installation of its own for one drill: the same code, its own directory, keys and log, two simulated providers, three people, and a
/// clock that only moves when the drill moves it. Nothing of it outlives the drill.
/// </summary>
internal sealed class Twin : IAsyncDisposable
{
    public const string Agent = "claude-code", WildTool = "Write", Developer = "dev", Prober = "probe", OnCall = "oncall";

    private static readonly DateTimeOffset monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    /// <summary>What takes longer than so waits for the twin's clock rather than for a processor.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan beat = TimeSpan.FromMilliseconds(100), moment = TimeSpan.FromMilliseconds(10);

    private readonly string place;
    private readonly HttpClient http = new();
    private PaddockServer server = null!; // started before anybody sees it

    private Twin(string directory, SimulatedProvider first, SimulatedProvider second) => (place, First, Second) = (directory, first, second);

    public FakeTimeProvider Time { get; } = new(monday);

    public SimulatedProvider First { get; }

    public SimulatedProvider Second { get; }

    /// <summary>What people outside were told.</summary>
    public ConcurrentQueue<Notification> Told { get; } = new();

    /// <summary>Where the first provider's credential lies, as its document says it.</summary>
    public string Credential => $"file:{CredentialFile}";

    /// <summary>The release from the beginning, and the one that was put in force before anything went wrong.</summary>
    public ReleaseDigest Before { get; private set; }

    /// <inheritdoc cref="Before"/>
    public ReleaseDigest Changed { get; private set; }

    public Actor Responder { get; private set; } = Actor.Local;

    private string CredentialFile => Path.Combine(place, "credential");

    /// <summary>As it is there.</summary>
    public Runbook Runbook { get; private set; } = null!; // as above

    /// <summary>Documents beside it.</summary>
    private ImmutableArray<SourceFile> Watch { get; set; } = [];

    /// <param name="configure">Breaks a part of it, to see that the drill notices.</param>
    public static async Task<Twin> StartAsync(Runbook runbook, GovernanceSnapshot inForce, Action<IServiceCollection>? configure, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("paddock-drill-").FullName;
        var first = await SimulatedProvider.StartAsync(new() { KeepBodies = true }, cancellationToken);
        var second = await SimulatedProvider.StartAsync(new(), cancellationToken);
        var twin = new Twin(directory, first, second) { Watch = [.. TwinCopy.Watch(runbook, inForce)] };
        twin.Runbook = TwinCopy.Of(runbook, twin.Credential);
        try
        {
            await File.WriteAllTextAsync(twin.CredentialFile, "sim-credential-of-the-drill", cancellationToken);
            await twin.BeginAsync(configure, cancellationToken);
            return twin;
        }
        catch
        {
            await twin.DisposeAsync();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => server.Services.GetRequiredService<T>();

    /// <summary>A key of somebody there.</summary>
    public Dictionary<string, (string Token, Caller Caller)> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>Asks for a model's answer.</summary>
    /// <param name="bytes">Of the request's text.</param>
    /// <param name="parent">The task that began this one: it is a sub-agent's.</param>
    public async Task<TwinAnswer> CallAsync(string person, int bytes, string? parent, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.AgentsUrls[0] + "/v1/chat/completions")
        {
            Content = new StringContent($$"""{"model":"{{TwinRelease.Route}}","max_tokens":16,"messages":[{"role":"user","content":"{{new string('x', bytes)}}"}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", Keys[person].Token);
        request.Headers.Add("X-Paddock-Agent", "drill");
        request.Headers.Add("X-Paddock-Task", parent is null ? "task-1" : "task-2");
        if (parent is not null)
        {
            request.Headers.Add("X-Paddock-Parent-Task", parent);
        }

        using var answer = await PumpAsync(http.SendAsync(request, cancellationToken));
        var body = await PumpAsync(answer.Content.ReadAsStringAsync(cancellationToken));
        return new((int)answer.StatusCode, body, answer.Headers.RetryAfter is not null);
    }

    /// <summary>Puts the same release in force with another note in it.</summary>
    public async Task<ReleaseDigest> PublishAsync(string note, CancellationToken cancellationToken)
    {
        var outcome = await PumpAsync(Get<ReleaseBook>().PublishAsync([.. TwinRelease.Files(Runbook, First.BaseUrl, Second.BaseUrl, CredentialFile, note), .. Watch], Actor.Local, cancellationToken));
        return outcome is PublishOutcome.InForce { Release: var content } ? content.Digest : throw new InvalidOperationException("The drill's release was not taken: " + (outcome is PublishOutcome.Refused refused ? refused.Faults[0].ToString() : outcome.ToString()));
    }

    /// <summary>The release was changed, shortly before something goes wrong.</summary>
    public async Task ChangeAsync(CancellationToken cancellationToken) => Changed = await PublishAsync("another", cancellationToken);

    /// <summary>Waits for something there while its clock goes on.</summary>
    public async Task<T> PumpAsync<T>(Task<T> task)
    {
        for (var wait = patience; !task.IsCompleted; wait = moment)
        {
            await Task.WhenAny(task, Task.Delay(wait));
            if (!task.IsCompleted)
            {
                Time.Advance(beat);
            }
        }

        return await task;
    }

    public async Task PumpAsync(Task task) => await PumpAsync(DoneAsync(task));

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            var stopping = server.DisposeAsync().AsTask();
            await PumpAsync(stopping);
        }

        await First.DisposeAsync();
        await Second.DisposeAsync();
        http.Dispose();
        Directory.Delete(place, recursive: true);
    }

    private static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }

    private async Task BeginAsync(Action<IServiceCollection>? configure, CancellationToken cancellationToken)
    {
        var settings = new ServeSettings
        {
            DataDirectory = Path.Combine(place, "data"),
            Listeners = [new(new(IsHttps: false, System.Net.IPAddress.Loopback, 0), ListenerSides.Both, [])],
            Metrics = false,
            OwnKeys = true,
            LogLevel = LogLevel.None,
            Drain = TimeSpan.Zero,
            Documents = [.. TwinRelease.Files(Runbook, First.BaseUrl, Second.BaseUrl, CredentialFile, "as it was"), .. Watch],
        };
        server = await PumpAsync(PaddockServer.StartAsync(settings, builder => Rewire(builder, configure), cancellationToken));
        Before = Get<ReleaseBook>().Current!.Digest; // the server has started with it
        await KeyAsync(Developer, [], cancellationToken);
        await KeyAsync(Prober, [], cancellationToken);
        await KeyAsync(OnCall, ["admin"], cancellationToken);
        Responder = Actor.Of(Keys[OnCall].Caller);
    }

    /// <summary>Its clock, its receiver; what looks by itself does so when the drill says.</summary>
    private void Rewire(WebApplicationBuilder builder, Action<IServiceCollection>? configure)
    {
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<INotifications>(new TwinReceiver(Told));
        foreach (var loop in builder.Services.Where(static one => one.ServiceType == typeof(IHostedService) && (one.ImplementationType == typeof(AlertLoop) || one.ImplementationType == typeof(RunLoop))).ToList())
        {
            builder.Services.Remove(loop);
        }

        configure?.Invoke(builder.Services);
    }

    private async Task KeyAsync(string person, string[] control, CancellationToken cancellationToken)
    {
        var made = await PumpAsync(Get<CreateKey>().RunAsync(Actor.Local, new() { Name = person, User = person, Models = true, Tools = true, Control = control }, cancellationToken));
        var key = made is Outcome<NewKey>.Done { Value: var done } ? done : throw new InvalidOperationException("A key of the drill could not be made.");
        var known = Get<KeyAuthenticator>().Authenticate(key.Token, Time.GetUtcNow());
        Keys[person] = (key.Token, known is KeyOutcome.Known { Caller: var caller } ? caller : throw new InvalidOperationException("A key of the drill is not known."));
    }

    /// <summary>Hears everything at once, and of a key once.</summary>
    private sealed class TwinReceiver(ConcurrentQueue<Notification> told) : INotifications
    {
        private readonly ConcurrentDictionary<string, bool> keys = new(StringComparer.Ordinal);

        public void Post(Notification notification) => told.Enqueue(notification);

        public Task PostOnceAsync(Notification notification, string key, CancellationToken cancellationToken)
        {
            if (keys.TryAdd(key, true))
            {
                told.Enqueue(notification);
            }

            return Task.CompletedTask;
        }
    }
}

/// <param name="MayRetry">It says when to come again.</param>
internal sealed record TwinAnswer(int Status, string Body, bool MayRetry)
{
    public bool IsGood => Status == 200 && Body.Contains("choices", StringComparison.Ordinal);

    /// <summary>It was turned away on purpose.</summary>
    public bool IsShed => Body.Contains("\"shed\"", StringComparison.Ordinal) || Body.Contains("\"task_too_large\"", StringComparison.Ordinal) || Body.Contains("\"contained\"", StringComparison.Ordinal);
}
