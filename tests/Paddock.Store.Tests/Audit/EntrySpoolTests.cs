using System.Globalization;
using Paddock.Core.Audit;
using Paddock.Store.Audit;
using Paddock.Store.Ledger;

namespace Paddock.Store.Tests.Audit;

/// <summary>Files that are written over hold what was written last, and nothing of what they held before.</summary>
public sealed class EntrySpoolTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("paddock-spool-").FullName;

    [Fact]
    public void A_file_that_is_written_over_gives_nothing_of_what_it_held_before()
    {
        using (var first = Opened())
        {
            first.Append([.. Entries(0, 20)]);
            Taken(first).ShouldBe(Refs(0, 20));
            first.Append([.. Entries(20, 1)]); // into another: the first was being read
            Taken(first).ShouldBe(Refs(20, 1));
            first.Append([.. Entries(21, 2)]); // over the first, which was longer
            first.Bytes.ShouldBePositive();
        }

        using var next = Opened(); // as after a kill

        Taken(next).ShouldBe(Refs(21, 2));
        next.Bytes.ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void However_writing_reading_and_kills_follow_each_other_nothing_is_lost_and_nothing_comes_that_was_not_there(int seed)
    {
        var random = new Random(seed);
        var (spool, made, waiting) = (Opened(), 0, new List<string>());
        for (var step = 0; step < 400; step++)
        {
            switch (random.Next(4))
            {
                case 0 or 1:
                    var count = random.Next(1, 30);
                    spool.Append([.. Entries(made, count)]);
                    waiting.AddRange(Refs(made, count));
                    made += count;
                    break;
                case 2:
                    Taken(spool).ShouldBe(waiting);
                    waiting.Clear();
                    break;
                default:
                    spool.Dispose();
                    spool = Opened();
                    break;
            }
        }

        Taken(spool).ShouldBe(waiting);
        spool.Dispose();
        Directory.EnumerateFiles(directory).Count().ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void It_takes_no_more_than_its_limit()
    {
        using var spool = Opened(limit: 1000);
        spool.Append([.. Entries(0, 10)]);

        Should.Throw<IOException>(() => spool.Append([.. Entries(10, 1)])).Message.ShouldContain("1000 is its limit");
        Taken(spool).ShouldBe(Refs(0, 10));
        spool.Append([.. Entries(11, 1)]);
    }

    [Fact]
    public void What_nobody_takes_is_not_kept_in_memory()
    {
        using var spool = Opened();
        spool.Append([.. Entries(0, 5)]);
        var file = spool.Cut().ShouldHaveSingleItem();
        spool.Read(file).ShouldBeSameAs(spool.Read(file));

        spool.Cut();

        spool.Read(file).ShouldNotBeSameAs(spool.Read(file));
        Taken(spool).ShouldBe(Refs(0, 5));
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private EntrySpool Opened(long limit = 1 << 20)
    {
        var spool = new EntrySpool(new JournalFiles(directory), limit);
        spool.Open();
        return spool;
    }

    private static List<string> Taken(EntrySpool spool)
    {
        var refs = new List<string>();
        foreach (var file in spool.Cut())
        {
            refs.AddRange(spool.Read(file).Select(static entry => entry.Ref!));
            spool.Free(file);
        }

        return refs;
    }

    private static IEnumerable<AuditEntry> Entries(int first, int count) => Refs(first, count).Select(static about =>
        new AuditEntry(Guid.CreateVersion7(), StoreUnderTest.Noon, AuditActs.ToolIntent, about, new byte[about.Length * 37 % 256]));

    private static IEnumerable<string> Refs(int first, int count) => Enumerable.Range(first, count).Select(static i => string.Create(CultureInfo.InvariantCulture, $"dec_{i}"));
}
