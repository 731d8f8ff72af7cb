using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Audit.Witnesses;
using Paddock.Store.Audit.Witnesses;

namespace Paddock.Store.Audit.Tiles;

/// <summary>Wires the log. Whoever wires the store may say before how it is signed.</summary>
internal static class TileServices
{
    public static void AddTiles(this IServiceCollection services)
    {
        services.TryAddSingleton<ISignatureVerifier, Ed25519Verifier>();
        services.TryAddSingleton<ILogSigner, KeyFileSigner>();
        services.TryAddSingleton<ILastSigned, LastSignedFile>();
        services.AddSingleton<LogMetrics>();
        services.AddSingleton<LogBoard>();
        services.AddSingleton<ILogStatus>(p => p.GetRequiredService<LogBoard>());
        services.AddSingleton<LogReader>();
        services.AddSingleton<ILogReader>(p => p.GetRequiredService<LogReader>());
        services.AddSingleton<IEntryReader>(p => p.GetRequiredService<LogReader>());
        services.AddSingleton<LogCheck>();
        services.AddSingleton<LogSigning>();
        services.AddSingleton<LogRestart>();
        services.AddSingleton<LogOpener>();
        services.AddSingleton<ShardTurn>();
        services.AddSingleton<HaltKeeper>();
        services.AddSingleton<ShardRemoval>();
        services.AddSingleton<ILogCare, LogCare>();
        services.AddSingleton<LogSequencer>();
        services.AddSingleton<LogFollower>();
        services.AddSingleton<SequencerLoop>();
        services.AddSingleton<WitnessFeeds>();
        services.AddSingleton<IWitnessBoard>(p => p.GetRequiredService<WitnessFeeds>());
    }
}
