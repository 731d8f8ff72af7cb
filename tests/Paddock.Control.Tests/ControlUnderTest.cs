using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Paddock.Control.Identity;
using Paddock.Control.Installation;
using Paddock.Control.Tests.Runbooks;
using Paddock.Core.Audit;
using Paddock.Core.Budgets;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;
using Paddock.Store;
using Paddock.Testing;

namespace Paddock.Control.Tests;

/// <summary>The control plane over a SQLite store of its own, with a clock that stands still unless moved.</summary>
internal sealed class ControlUnderTest : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Somebody who may everything.</summary>
    public static readonly Actor Admin = new("usr_00000000000000000000000000000001", ControlRoles.Admin);

    private readonly string directory = Directory.CreateTempSubdirectory("paddock-control-").FullName;
    private readonly ServiceProvider services;

    private ControlUnderTest(SessionLifetimes lifetimes)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton(lifetimes);
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddSingleton(new Pepper(new byte[32]));
        collection.AddSingleton<KeyAuthenticator>();
        collection.AddSingleton<BudgetBook>();
        collection.AddSingleton<ISnapshots>(new SnapshotHolder(SnapshotBuilder.Build(((LoadOutcome.Loaded)ReleaseLoader.Load([])).Content)));
        collection.AddSingleton<IInstallation>(new FixedInstallation());
        collection.AddSingleton<INotifications>(Told);
        collection.AddSingleton<IDrills>(Drills);
        collection.AddStore(new() { DataDirectory = directory });
        collection.AddControl();
        services = collection.BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new(Noon);

    /// <summary>What people were told.</summary>
    public ToldNotifications Told { get; } = new();

    /// <summary>Where runbooks are rehearsed.</summary>
    public RehearsedDrills Drills { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ControlUnderTest> StartAsync(SessionLifetimes? lifetimes = null)
    {
        var control = new ControlUnderTest(lifetimes ?? new());
        await control.Get<StoreMaintenance>().StartAsync(Cancellation);
        return control;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Makes a key as an administrator.</summary>
    public async Task<NewKey> KeyAsync(string name = "laptop", string user = "ada", params string[] control) =>
        (await Get<CreateKey>().RunAsync(Admin, new() { Name = name, User = user, Control = control }, Cancellation)).ShouldBeDone();

    /// <summary>Signs somebody in.</summary>
    /// <param name="user">Name; they are made when there is nobody of it.</param>
    public async Task<Actor> SignedInAsync(string user = "ada", SessionClient client = SessionClient.Console)
    {
        await Get<CreateUser>().RunAsync(Admin, new() { Name = user }, Cancellation);
        var session = new ApiKey
        {
            Id = KeyId.CreateSession(Guid.NewGuid()),
            Prefix = "ses_",
            Name = SessionClients.NameOf(client),
            Owner = Get<IIdentities>().Current.Principals.Single(principal => principal.Name == user).Id,
            Hash = KeyHash.Compute(Guid.NewGuid().ToString(), Get<Pepper>()),
            Scopes = SessionClients.ScopesOf(client),
            CreatedAt = Time.GetUtcNow(),
            ExpiresAt = Time.GetUtcNow().AddDays(100),
            Client = client,
        };
        await Get<IIdentityStore>().AddSessionAsync(session, source: null, passwordHash: null, Cancellation);
        return Actor.Of(Get<IIdentities>().Current.Find(session.Id).ShouldNotBeNull());
    }

    /// <summary>What becomes of a key that is presented now.</summary>
    public KeyOutcome Present(string token) => Get<KeyAuthenticator>().Authenticate(token, Time.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        await Get<StoreMaintenance>().StopAsync(CancellationToken.None);
        await services.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private sealed class FixedInstallation : IInstallation
    {
        public Task<StatusView> StatusAsync(CancellationToken cancellationToken) => Task.FromResult(
            new StatusView("1.0", 1, Noon, [], Ready: true, new Dictionary<string, string>(), "sqlite", 1, "", 0, null, "", 0));

        public Task BackUpAsync(Stream target, AuditActor by, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
