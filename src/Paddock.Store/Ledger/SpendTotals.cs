using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Paddock.Store.Ledger;

/// <summary>Spend of one batch by subject and quarter of an hour, so that the rollup is written once per batch and subject.</summary>
internal sealed class SpendTotals
{
    public const long BucketMicros = 15L * 60 * 1_000_000;

    private readonly Dictionary<byte[], Total> totals = new(new BytesComparer());
    private readonly Dictionary<byte[], Total>.AlternateLookup<ReadOnlySpan<byte>> lookup;
    private readonly Dictionary<byte[], byte[][]> teams = new(new BytesComparer());
    private readonly Dictionary<byte[], byte[][]>.AlternateLookup<ReadOnlySpan<byte>> teamLookup;
    private byte[] scratch = new byte[4096];

    public SpendTotals()
    {
        lookup = totals.GetAlternateLookup<ReadOnlySpan<byte>>();
        teamLookup = teams.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public IReadOnlyCollection<Total> All => totals.Values;

    public void Clear()
    {
        totals.Clear();
        if (teams.Count > 10_000)
        {
            teams.Clear();
        }
    }

    /// <summary>Adds one closed call to each of its accounts, in the quarter of an hour in which it was admitted.</summary>
    public void Add(in CallAccounts call, long nanoUsd, long tokens)
    {
        if (nanoUsd == 0 && tokens == 0)
        {
            return;
        }

        var bucket = call.OpenedAt - (((call.OpenedAt % BucketMicros) + BucketMicros) % BucketMicros);
        AddOne(SpendKind.Key, call.Key, bucket, nanoUsd, tokens);
        AddOne(SpendKind.User, call.Principal, bucket, nanoUsd, tokens);
        if (!call.Task.IsEmpty)
        {
            AddOne(SpendKind.Task, call.Task, bucket, nanoUsd, tokens);
        }

        foreach (var team in TeamsOf(call.Teams))
        {
            AddOne(SpendKind.Team, team, bucket, nanoUsd, tokens);
        }
    }

    private byte[][] TeamsOf(ReadOnlySpan<byte> json)
    {
        if (!teamLookup.TryGetValue(json, out var names))
        {
            names = [.. TeamNames.Parse(json).Select(Encoding.UTF8.GetBytes)];
            teams.Add(json.ToArray(), names);
        }

        return names;
    }

    private void AddOne(SpendKind kind, ReadOnlySpan<byte> subject, long bucket, long nanoUsd, long tokens)
    {
        if (subject.Length + 9 > scratch.Length)
        {
            scratch = new byte[subject.Length + 9];
        }

        scratch[0] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(scratch.AsSpan(1), bucket);
        subject.CopyTo(scratch.AsSpan(9));
        var key = scratch.AsSpan(0, subject.Length + 9);
        if (!lookup.TryGetValue(key, out var total))
        {
            total = new(kind, bucket, subject.ToArray());
            totals.Add(key.ToArray(), total);
        }

        total.NanoUsd += nanoUsd;
        total.Tokens += tokens;
    }

    internal sealed class Total(SpendKind kind, long bucket, byte[] subject)
    {
        public SpendKind Kind => kind;

        /// <summary>Start of the quarter of an hour, Unix microseconds.</summary>
        public long Bucket => bucket;

        /// <summary>UTF-8.</summary>
        public byte[] Subject => subject;

        public long NanoUsd { get; set; }

        public long Tokens { get; set; }
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
