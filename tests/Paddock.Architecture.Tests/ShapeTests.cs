using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Paddock.Architecture.Tests;

/// <summary>Sizes and surfaces.</summary>
public class ShapeTests
{
    private const int FileLimit = 300, MethodLimit = 40;

    private static readonly List<(string Path, int Lines)> longFiles =
        Repository.Sources.Where(s => s.Lines > FileLimit).Select(s => (s.Path, s.Lines)).ToList();

    private static readonly List<(string Id, int Line, int Lines)> longMethods =
        (from source in Repository.Sources
         from method in source.Root.DescendantNodes()
         where method is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
         let lines = SourceUnit.LengthOf(method)
         where lines > MethodLimit
         select ($"{source.Path} {NameOf(method)}", SourceUnit.LineOf(method), lines)).ToList();

    [Fact]
    public void A_file_has_at_most_300_lines() =>
        longFiles.Where(f => !Allowed.LongFiles.ContainsKey(f.Path)).Select(f => $"{f.Path}: {f.Lines}")
            .ShouldBeNone("Split it by subject, or give a reason in Allowed.cs:");

    [Fact]
    public void A_method_has_at_most_40_lines() =>
        longMethods.Where(m => !Allowed.LongMethods.ContainsKey(m.Id)).Select(m => $"{m.Id} (line {m.Line}): {m.Lines}")
            .ShouldBeNone("Split it, or give a reason in Allowed.cs:");

    [Fact]
    public void Program_fits_on_a_screen_and_a_folder_readme_on_half_of_one() =>
        (from file in Repository.Files
         let limit = file switch
         {
             "src/Paddock/Program.cs" => 80,
             "AGENTS.md" => 100,
             _ when file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith("/README.md", StringComparison.Ordinal) => 15,
             _ => int.MaxValue,
         }
         where limit < int.MaxValue
         let lines = Repository.Read(file).Split('\n').Length - 1
         where lines > limit
         select $"{file}: {lines} lines, at most {limit}")
        .ShouldBeNone("Too long:");

    [Fact]
    public void What_is_allowed_to_be_large_or_public_still_is()
    {
        var publicTypes = PublicTypes().Select(t => t.Id).ToArray();

        Allowed.LongFiles.Keys.Except(longFiles.Select(f => f.Path)).ShouldBeNone("No longer needed in Allowed.LongFiles:");
        Allowed.LongMethods.Keys.Except(longMethods.Select(m => m.Id)).ShouldBeNone("No longer needed in Allowed.LongMethods:");
        Allowed.PublicTypes.Keys.Except(publicTypes).ShouldBeNone("No longer needed in Allowed.PublicTypes:");
        Allowed.LongFiles.Concat(Allowed.LongMethods).Concat(Allowed.PublicTypes).Where(a => a.Value.Length < 15).Select(a => a.Key).ShouldBeNone("Without a reason:");
    }

    [Fact]
    public void Outside_the_contracts_only_ways_in_are_public() =>
        PublicTypes().Where(t => !Allowed.PublicTypes.ContainsKey(t.Id)).Select(t => t.Id)
            .ShouldBeNone("Make it internal. Public are: Core; Control's use cases; a static class of AddX, MapX and UseX; options and settings:");

    [Fact]
    public void A_class_is_sealed_unless_something_derives_from_it()
    {
        var bases = Repository.Sources.SelectMany(s => s.Nodes<BaseTypeSyntax>()).Select(b => SimpleName(b.Type)).ToHashSet(StringComparer.Ordinal);

        (from source in Repository.Product
         from type in source.Nodes<TypeDeclarationSyntax>()
         where type is ClassDeclarationSyntax || (type is RecordDeclarationSyntax record && !record.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword))
         where !type.Modifiers.Any(m => m.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword)
         where !bases.Contains(type.Identifier.ValueText)
         select $"{source.Path}:{SourceUnit.LineOf(type)} {type.Identifier}")
        .ShouldBeNone("Seal it:");
    }

    private static IEnumerable<(string Id, TypeDeclarationSyntax Type)> PublicTypes() =>
        from source in Repository.Product
        where source.Project is not ("Paddock.Core" or "Paddock.Control")
        from type in source.Nodes<TypeDeclarationSyntax>()
        where type.Parent is not TypeDeclarationSyntax && type.Modifiers.Any(SyntaxKind.PublicKeyword) && !IsWayIn(type)
        select ($"{source.Path} {type.Identifier}", type);

    private static bool IsWayIn(TypeDeclarationSyntax type)
    {
        var name = type.Identifier.ValueText;
        return name.EndsWith("Options", StringComparison.Ordinal) || name.EndsWith("Settings", StringComparison.Ordinal)
            || (type.Modifiers.Any(SyntaxKind.StaticKeyword) && type.Members.OfType<MethodDeclarationSyntax>().Where(m => m.Modifiers.Any(SyntaxKind.PublicKeyword))
                .All(m => m.Identifier.ValueText is ['A', 'd', 'd', ..] or ['M', 'a', 'p', ..] or ['U', 's', 'e', ..]));
    }

    private static string SimpleName(TypeSyntax type) => type switch
    {
        GenericNameSyntax generic => generic.Identifier.ValueText,
        QualifiedNameSyntax qualified => SimpleName(qualified.Right),
        _ => type.ToString(),
    };

    private static string NameOf(SyntaxNode method) => method switch
    {
        MethodDeclarationSyntax m => m.Identifier.ValueText,
        ConstructorDeclarationSyntax c => c.Identifier.ValueText,
        AccessorDeclarationSyntax a => a.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.Identifier.ValueText ?? "accessor",
        OperatorDeclarationSyntax o => $"operator {o.OperatorToken}",
        _ => method.Kind().ToString(),
    };
}
