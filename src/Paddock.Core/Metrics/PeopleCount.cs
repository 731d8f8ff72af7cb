using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Paddock.Core.Metrics;

/// <summary>
/// Counts different people, exactly while they are few: that is all that is asked of it. Of many it keeps only that they are many, so that
/// it stays small; then taking away changes nothing any more.
/// </summary>
public sealed class PeopleCount
{
    /// <summary>So many are many.</summary>
    public const int Many = 32;

    private readonly Dictionary<uint, long> shares = [];

    public bool IsMany { get; private set; }

    /// <summary>At most <see cref="Many"/>.</summary>
    public int Count => IsMany ? Many : Math.Min(Many, shares.Count(static one => one.Value > 0));

    /// <summary>What each has a part in, by the beginning of the hash of their id; empty when they are many.</summary>
    public IReadOnlyDictionary<uint, long> Shares => shares;

    public void Add(string principal) => Add(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(principal))), 1);

    /// <param name="times">Negative: taken away.</param>
    public void Add(uint person, long times)
    {
        if (IsMany)
        {
            return;
        }

        var sum = shares.GetValueOrDefault(person) + times;
        if (sum == 0)
        {
            shares.Remove(person);
        }
        else
        {
            shares[person] = sum;
        }

    }

    /// <summary>Forgets who they are, when they are many. Not of what is still to be added to something: there whoever is taken away is in it, too.</summary>
    public void Trim()
    {
        if (Count >= Many)
        {
            BecomeMany();
        }
    }

    public void BecomeMany()
    {
        IsMany = true;
        shares.Clear();
    }

    internal void Combine(PeopleCount other, int sign)
    {
        if (other.IsMany && sign > 0)
        {
            BecomeMany();
        }

        foreach (var (person, times) in other.shares)
        {
            Add(person, sign * times);
        }
    }
}
