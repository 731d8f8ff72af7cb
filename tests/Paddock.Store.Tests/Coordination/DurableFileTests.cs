using Paddock.Store.Coordination;
using Paddock.Testing;

namespace Paddock.Store.Tests.Coordination;

public sealed class DurableFileTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("paddock-files-").FullName;

    [Fact]
    public void Of_several_that_make_one_name_at_once_one_does_and_its_bytes_stay()
    {
        const int makers = 4;
        for (var round = 0; round < Samples.Of(200); round++)
        {
            var path = Path.Combine(directory, $"{round}.key");
            var made = new bool[makers];
            using var start = new Barrier(makers);
            var threads = Enumerable.Range(0, makers).Select(maker => new Thread(() =>
            {
                start.SignalAndWait();
                made[maker] = DurableFile.TryCreate(path, [(byte)maker]);
            })).ToList();
            threads.ForEach(static thread => thread.Start());
            threads.ForEach(static thread => thread.Join());

            made.Count(static one => one).ShouldBe(1);
            File.ReadAllBytes(path).ShouldBe([(byte)Array.IndexOf(made, true)]);
        }

        Directory.GetFiles(directory, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public void A_name_that_is_there_stays_as_it_is()
    {
        var path = Path.Combine(directory, "a.key");
        DurableFile.TryCreate(path, [1]).ShouldBeTrue();

        DurableFile.TryCreate(path, [2]).ShouldBeFalse();

        File.ReadAllBytes(path).ShouldBe([(byte)1]);
        Directory.GetFiles(directory).ShouldHaveSingleItem();
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
