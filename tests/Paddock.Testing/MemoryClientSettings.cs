using Paddock.Core.Identity;
using Paddock.Core.Modes;

namespace Paddock.Testing;

/// <summary>Versions of settings and people's choices in memory.</summary>
public sealed class MemoryClientSettings(TimeProvider time) : IClientSettings
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);
    private readonly Dictionary<PrincipalId, PersonalSettings> choices = [];

    /// <summary>What comes of asking for something, by its method's name, before it is done; a task that does not end is a store that does not answer.</summary>
    public Func<string, Task>? Trouble { get; set; }

    /// <summary>From now on a method's calls fail, or never end.</summary>
    /// <returns>Ends when somebody calls it.</returns>
    public Task MeetTrouble(string method, bool hangs)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Trouble = called =>
        {
            if (called != method)
            {
                return Task.CompletedTask;
            }

            met.TrySetResult();
            return hangs ? new TaskCompletionSource().Task : Task.FromException(new IOException("the disk is full"));
        };
        return met.Task;
    }

    public async ValueTask<long> VersionOfAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
    {
        await MeetAsync(nameof(VersionOfAsync));
        lock (gate)
        {
            var name = Convert.ToHexString(digest.Span);
            if (!versions.TryGetValue(name, out var version))
            {
                versions[name] = version = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), versions.Values.Append(0).Max() + 1);
            }

            return version;
        }
    }

    public async Task<PersonalSettings> FindAsync(PrincipalId person, CancellationToken cancellationToken)
    {
        await MeetAsync(nameof(FindAsync));
        lock (gate)
        {
            return choices.GetValueOrDefault(person, PersonalSettings.None);
        }
    }

    public async Task<bool> ChangeAsync(PrincipalId person, PersonalSettings chosen, CancellationToken cancellationToken)
    {
        await MeetAsync(nameof(ChangeAsync));
        lock (gate)
        {
            if (choices.GetValueOrDefault(person, PersonalSettings.None).Revision != chosen.Revision - 1)
            {
                return false;
            }

            choices[person] = chosen;
            return true;
        }
    }

    private Task MeetAsync(string method) => Trouble?.Invoke(method) ?? Task.CompletedTask;
}
