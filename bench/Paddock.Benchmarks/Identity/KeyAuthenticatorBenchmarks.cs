using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Paddock.Core.Identity;

namespace Paddock.Benchmarks.Identity;

/// <summary>What knowing the caller costs per call: checksum, HMAC and one look-up among <see cref="Keys"/> keys.</summary>
[MemoryDiagnoser]
public class KeyAuthenticatorBenchmarks
{
    private static readonly DateTimeOffset now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private KeyAuthenticator authenticator = null!; // set by Setup, which the runner calls first
    private string known = "";
    private string unknown = "";
    private string token = "";

    [Params(10, 10_000)]
    public int Keys { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(7);
        var pepper = new Pepper(Bytes(random, 32));
        var owner = new Principal { Id = PrincipalId.Create(PrincipalKind.User, Guid.Empty), Kind = PrincipalKind.User, Name = "ada", CreatedAt = now };
        var tokens = Enumerable.Range(0, Keys + 1).Select(_ => KeyToken.Create(Bytes(random, 40)).Reveal()).ToArray();
        var keys = tokens[1..].Select((token, i) => new ApiKey
        {
            Id = KeyId.Create(new Guid(i, 0, 0, new byte[8])),
            Prefix = KeyToken.PrefixOf(token),
            Name = $"key-{i}",
            Owner = owner.Id,
            Hash = KeyHash.Compute(token, pepper),
            Scopes = new KeyScopes { Models = true },
            CreatedAt = now,
        });
        var session = new ApiKey
        {
            Id = KeyId.CreateSession(Guid.Empty),
            Prefix = "ses_",
            Name = "Roo Code",
            Owner = owner.Id,
            Hash = KeyHash.FromBytes(Bytes(random, 32)),
            Scopes = SessionClients.ScopesOf(SessionClient.Extension),
            CreatedAt = now,
            ExpiresAt = now.AddDays(7),
            Client = SessionClient.Extension,
        };
        token = new SessionToken(session.Id, owner.Id, "org_1", now, now.AddMinutes(15)).Write(pepper, "cj").Reveal();
        authenticator = new(new FixedIdentities(new(1, [owner], [.. keys, session])), pepper);
        (unknown, known) = (tokens[0], tokens[^1]);
    }

    [Benchmark(Baseline = true)]
    public KeyOutcome A_known_key() => authenticator.Authenticate(known, now);

    [Benchmark]
    public KeyOutcome A_sessions_token() => authenticator.Authenticate(token, now);

    [Benchmark]
    public KeyOutcome An_unknown_key() => authenticator.Authenticate(unknown, now);

    [Benchmark]
    public KeyOutcome A_mistyped_key() => authenticator.Authenticate(unknown.AsSpan(1), now);

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private sealed class FixedIdentities(IdentityDirectory directory) : IIdentities
    {
        public IdentityDirectory Current => directory;

        public IDisposable OnChange(Action<IdentityDirectory> changed) => throw new NotSupportedException("This directory never changes.");

        public void NoteUse(KeyId key, DateTimeOffset at)
        {
        }
    }
}
