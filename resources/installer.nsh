; What the installer does besides electron-builder's own: it offers to put the command line into the user's PATH.
; A silent installation does so with /add-path.

!define COMMAND_LINE "$INSTDIR\resources\cli"

!macro customInstall
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/add-path" $R1
  ${If} ${Errors}
    ${IfNot} ${isUpdated}
      MessageBox MB_YESNO|MB_ICONQUESTION "Add the command line (shmscope.exe) to your PATH?$\r$\n$\r$\n${COMMAND_LINE}" /SD IDNO IDNO shmscope_path_done
    ${Else}
      Goto shmscope_path_done
    ${EndIf}
  ${EndIf}
  nsExec::Exec '"${COMMAND_LINE}\shmscope-path.exe" add "${COMMAND_LINE}"'
  Pop $R0
  ${If} $R0 != 0
    DetailPrint "The PATH could not be changed. To do it later: shmscope-path add $\"${COMMAND_LINE}$\""
  ${EndIf}
  shmscope_path_done:
!macroend

!macro customUnInstall
  ${IfNot} ${isUpdated}
    nsExec::Exec '"${COMMAND_LINE}\shmscope-path.exe" remove "${COMMAND_LINE}"'
    Pop $R0
  ${EndIf}
!macroend
